import assert from "node:assert/strict";
import test from "node:test";

import { SMALLEST, WHOLE, drawnBox, isHidden, middleBox, movedBox, opposite, placeWords, sizedBox } from "../../../coder_app/web/workbench/frontend/region-box.js";

const box = { x: 1000, y: 2000, width: 3000, height: 4000 };

test("a region is drawn between two points, whichever comes first", () => {
  const drawn = { x: 1000, y: 2000, width: 3000, height: 4000 };
  assert.deepEqual(drawnBox([0.1, 0.2], [0.4, 0.6]), drawn);
  assert.deepEqual(drawnBox([0.4, 0.6], [0.1, 0.2]), drawn);
});

test("a region drawn out of the picture ends at its edge, and has a least size", () => {
  assert.deepEqual(drawnBox([0.9, 0.9], [1.4, -3]), { x: 9000, y: 0, width: 1000, height: 9000 });
  assert.deepEqual(drawnBox([0.5, 0.5], [0.5, 0.5]), { x: 5000, y: 5000, width: SMALLEST, height: SMALLEST });
  assert.deepEqual(drawnBox([1, 1], [1.2, 1.2]), { x: WHOLE - SMALLEST, y: WHOLE - SMALLEST, width: SMALLEST, height: SMALLEST });
});

test("a region keeps its size when it is moved, and stays in the picture", () => {
  assert.deepEqual(movedBox(box, 100, -10.4), { ...box, x: 1100, y: 1990 });
  assert.deepEqual(movedBox(box, 99_999, 99_999), { ...box, x: 7000, y: 6000 });
  assert.deepEqual(movedBox(box, -99_999, -99_999), { ...box, x: 0, y: 0 });
});

test("its right and lower edge are moved between the least size and the picture's edge", () => {
  assert.deepEqual(sizedBox(box, 100, -100), { ...box, width: 3100, height: 3900 });
  assert.deepEqual(sizedBox(box, 99_999, 99_999), { ...box, width: 9000, height: 8000 });
  assert.deepEqual(sizedBox(box, -99_999, -99_999), { ...box, width: SMALLEST, height: SMALLEST });
});

test("a dragged corner leaves the opposite one where it is", () => {
  const corners = { nw: [0.4, 0.6], ne: [0.1, 0.6], sw: [0.4, 0.2], se: [0.1, 0.2] };
  for (const [corner, fixed] of Object.entries(corners)) assert.deepEqual(opposite(box, corner), fixed);
});

test("a region that reaches into the hidden half is hidden", () => {
  const [left, right, across] = [{ ...box, x: 0 }, { ...box, x: 5000 }, { ...box, x: 4000 }];
  assert.deepEqual([left, right, across].map((one) => isHidden(one, "right")), [false, true, true]);
  assert.deepEqual([left, right, across].map((one) => isHidden(one, "left")), [true, false, true]);
  assert.deepEqual([left, right, across].map((one) => isHidden(one, "none")), [false, false, false]);
  assert.equal(isHidden({ ...box, x: 0, width: 5000 }, "right"), false);
});

test("a region drawn by keys begins in what the pass shows", () => {
  for (const hide of ["none", "left", "right"]) assert.equal(isHidden(middleBox(hide), hide), false);
  assert.deepEqual(middleBox("none"), { x: 3750, y: 3500, width: 2500, height: 3000 });
});

test("its place is said in per cent", () => {
  assert.equal(placeWords({ x: 1234, y: 0, width: 5000, height: 105 }), "12.3 % from the left, 0 % from the top, 50 % wide, 1.1 % high");
});
