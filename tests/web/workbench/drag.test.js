import assert from "node:assert/strict";
import test from "node:test";

import { stepOf } from "../../../coder_app/web/workbench/frontend/arranging.js";
import { FrameTable } from "../../../coder_app/web/workbench/frontend/frame-table.js";
import { gripAt, inBand, inOrder, movable, onFrame, shifted, snapped, withEdge } from "../../../coder_app/web/workbench/frontend/timeline/drag.js";

const FRAME = 40_000;
const table = new FrameTable(Array.from({ length: 100 }, (_, n) => n * FRAME), 0, 100 * FRAME);
const view = { from_us: 0, span_us: 4_000_000, width_px: 1000, end_us: 4_000_000 };
const bout = (id, onset, offset) => ({ id, kind: "state", onset_us: onset * FRAME, offset_us: offset === null ? null : offset * FRAME });
const point = (id, onset) => ({ id, kind: "point", onset_us: onset * FRAME, offset_us: null });
const endOf = (e) => e.offset_us ?? e.onset_us;

test("edges are held near the ends, the inside elsewhere, points as a whole", () => {
  const one = bout("a", 10, 20);
  assert.deepEqual([100, 105, 120, 195, 199].map((x) => gripAt(view, one, endOf(one), x)), ["onset", "onset", "body", "offset", "offset"]);
  const narrow = bout("b", 10, 11);
  assert.deepEqual([100, 105, 109].map((x) => gripAt(view, narrow, endOf(narrow), x)), ["onset", "body", "offset"]);
  assert.equal(gripAt(view, point("p", 3), 120_000, 30), "body");
});

test("times fall on frames; only what ends may lie at the end of the recording", () => {
  assert.equal(onFrame(table, 59_000, false), FRAME);
  assert.equal(onFrame(table, 61_000, false), 2 * FRAME);
  assert.equal(onFrame(table, -5, false), 0);
  assert.equal(onFrame(table, 3_995_000, false), 99 * FRAME);
  assert.equal(onFrame(table, 3_995_000, true), 100 * FRAME);
});

test("an edge snaps to the nearest boundary of another event, to the playhead, never to what is held", () => {
  const lanes = [{ bouts: [bout("a", 10, 20), bout("b", 30, 40)], points: [point("p", 50)] }];
  const at = (held, frame, now = 90) => snapped({ view, lanes, endOf, now_us: now * FRAME, held: new Set(held) }, frame * FRAME);
  assert.equal(at([], 20.5), 20 * FRAME);
  assert.equal(at(["a"], 20.5), null);
  assert.equal(at([], 49.6), 50 * FRAME);
  assert.equal(at([], 25), null);
  assert.equal(at([], 25.4, 25), 25 * FRAME);
});

test("a bout keeps a frame at least, whichever edge is pulled over the other", () => {
  const one = bout("a", 10, 20);
  assert.equal(withEdge(one, endOf(one), "onset", 30 * FRAME, table).onset_us, 19 * FRAME);
  assert.equal(withEdge(one, endOf(one), "offset", 5 * FRAME, table).offset_us, 11 * FRAME);
  assert.equal(withEdge(one, endOf(one), "offset", 5_000 * FRAME, table).offset_us, 100 * FRAME);
});

test("events move as one and stop together at the ends", () => {
  const all = [bout("a", 2, 6), bout("b", 90, 95), bout("c", 96, null)];
  assert.equal(movable(all, endOf, -3 * FRAME, table), -2 * FRAME);
  assert.equal(movable(all, endOf, 50 * FRAME, table), 3 * FRAME);
  const moved = shifted(all, 3 * FRAME, table);
  assert.deepEqual(moved.map((m) => [m.onset_us / FRAME, m.offset_us && m.offset_us / FRAME]), [[5, 9], [93, 98], [99, null]]);
  assert.deepEqual(inOrder(moved).map((m) => m.event.id), ["c", "b", "a"]);
  assert.deepEqual(inOrder(shifted(all, -FRAME, table)).map((m) => m.event.id), ["a", "b", "c"]);
});

test("times between frames are moved to frames", () => {
  assert.deepEqual(shifted([bout("a", 2, 6)], 55_000, table).map((m) => [m.onset_us, m.offset_us]), [[3 * FRAME, 7 * FRAME]]);
});

test("a band takes what it touches", () => {
  const lanes = [{ bouts: [bout("a", 10, 20), bout("b", 20, 30)], points: [] }, { bouts: [], points: [point("p", 15), point("q", 40)] }];
  assert.deepEqual(inBand(lanes, endOf, 15 * FRAME, 20 * FRAME).map((e) => e.id), ["a", "p"]);
  assert.deepEqual(inBand(lanes, endOf, 19 * FRAME, 41 * FRAME).map((e) => e.id), ["a", "b", "q"]);
});

test("a shift is typed in frames or seconds", () => {
  assert.deepEqual(["12f", "-3 frames", "1.5", "-0,2 s", "200 ms", "+1 s"].map(stepOf), [{ frames: 12 }, { frames: -3 }, { us: 1_500_000 }, { us: -200_000 }, { us: 200_000 }, { us: 1_000_000 }]);
  assert.deepEqual(["", "f", "1.5f", "one"].map(stepOf), [null, null, null, null]);
});
