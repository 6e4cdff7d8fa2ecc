import assert from "node:assert/strict";
import test from "node:test";

import { partOf, placed } from "../../../coder_app/web/workbench/frontend/timeline/film.js";

const index = { times_us: [0, 1_000_000, 2_000_000, 3_000_000], width: 100, height: 50 };
const view = { from_us: 0, span_us: 4_000_000, width_px: 400, end_us: 4_000_000 };

test("each picture stands where its time is", () => {
  assert.deepEqual(placed(index, 0, view, 100), [{ x: 0, picture: 0 }, { x: 100, picture: 1 }, { x: 200, picture: 2 }, { x: 300, picture: 3 }]);
});

test("a video that begins later than the observation is shown later", () => {
  assert.deepEqual(placed(index, 1_000_000, view, 100).map((one) => one.picture), [0, 0, 1, 2]);
});

test("the pictures move with the window", () => {
  assert.deepEqual(placed(index, 0, { ...view, from_us: 500_000, span_us: 2_000_000 }, 200).map((one) => one.x), [-100, 100, 300]);
});

test("of a half that a pass hides no picture shows anything", () => {
  assert.deepEqual(partOf(101, "none"), { left: 0, width: 101 });
  assert.deepEqual(partOf(101, "left"), { left: 51, width: 50 }); // the middle column lies in both
  assert.deepEqual(partOf(101, "right"), { left: 0, width: 50 });
});
