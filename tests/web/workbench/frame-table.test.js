import assert from "node:assert/strict";
import test from "node:test";

import { FrameTable } from "../../../coder_app/web/workbench/frontend/frame-table.js";

// A clip whose first frame stands at 2 s in its container; frames of 40, 40 and 100 ms.
const table = new FrameTable([2_000_000, 2_040_000, 2_080_000], -2_000_000, 180_000);

test("an instant between two frames belongs to the earlier", () => {
  assert.deepEqual([-5, 0, 39_999, 40_000, 79_999, 80_000, 900_000].map((t) => table.frameAt(t)), [0, 0, 0, 1, 1, 2, 2]);
});

test("a time stamp of the player is matched to the nearest", () => {
  assert.deepEqual([2_000_400, 2_039_600, 2_061_000, 2_059_000, 9_000_000].map((t) => table.ofContainer(t)), [0, 1, 2, 1, 2]);
});

test("the last frame ends where the observation ends", () => {
  assert.deepEqual([0, 1, 2].map((f) => table.endOf(f)), [40_000, 80_000, 180_000]);
  assert.equal(table.containerMiddle(2), 2_130_000);
});

test("the table is read from little-endian int64", () => {
  const bytes = new DataView(new ArrayBuffer(16));
  bytes.setBigInt64(0, -40_000n, true);
  bytes.setBigInt64(8, 5_000_000_000_000n, true);
  assert.deepEqual([...FrameTable.fromBuffer(bytes.buffer, 40_000, 1).times_us], [0, 5_000_000_040_000]);
});
