import assert from "node:assert/strict";
import test from "node:test";

import { extremes, levels } from "../../../coder_app/web/workbench/frontend/timeline/wave.js";

test("extremes at any zoom hold the loudest sample of the stretch", () => {
  const pairs = new Int8Array(2 * 10_000);
  pairs[2 * 7_777] = -90;
  pairs[2 * 7_777 + 1] = 101;
  const all = levels(pairs);
  assert.deepEqual(extremes(all, 7_777, 7_778), [-90, 101]);
  assert.deepEqual(extremes(all, 7_000, 9_000), [-90, 101]);
  assert.deepEqual(extremes(all, 0, 10_000), [-90, 101]);
  assert.deepEqual(extremes(all, 0, 7_000), [0, 0]);
});

test("an empty waveform is silent", () => assert.deepEqual(extremes(levels(new Int8Array(0)), 0, 10), [0, 0]));
