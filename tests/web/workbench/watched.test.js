import assert from "node:assert/strict";
import test from "node:test";

import { FrameTable } from "../../../coder_app/web/workbench/frontend/frame-table.js";
import { Watch } from "../../../coder_app/web/workbench/frontend/watched.js";

const table = new FrameTable(Array.from({ length: 100 }, (_, n) => n * 40_000), 0, 4_000_000);
const span = (stretch) => stretch && [stretch.from_us / 40_000, stretch.to_us / 40_000];

test("playback covers from the first frame shown to the end of the last", () => {
  const watch = new Watch(table);
  for (const frame of [10, 11, 12, 15]) watch.played(frame); // playback may skip frames and still shows the stretch
  assert.deepEqual(span(watch.take()), [10, 16]);
  assert.equal(watch.take(), null);
  watch.played(20);
  assert.deepEqual(span(watch.take()), [16, 21]);
  assert.deepEqual(span(watch.current), [10, 21]);
});

test("the last frame ends at the end of the observation", () => {
  const watch = new Watch(table);
  watch.played(98);
  watch.played(99);
  assert.deepEqual(watch.end(), { from_us: 98 * 40_000, to_us: 4_000_000 });
});

test("single forward steps count, with the frame they began on", () => {
  const watch = new Watch(table);
  watch.stepped(4, 5);
  watch.stepped(5, 6);
  assert.deepEqual(span(watch.end()), [4, 7]);
});

test("steps go on where playback stopped", () => {
  const watch = new Watch(table);
  watch.played(30);
  watch.played(31);
  assert.deepEqual(span(watch.take()), [30, 32]);
  watch.stepped(31, 32);
  assert.deepEqual(span(watch.take()), [32, 33]);
});

test("steps back and jumps add nothing", () => {
  const watch = new Watch(table);
  watch.stepped(5, 4);
  watch.stepped(5, 7);
  assert.equal(watch.end(), null);
});

test("after the end a new stretch begins", () => {
  const watch = new Watch(table);
  watch.played(10);
  watch.end();
  watch.played(50);
  assert.deepEqual(span(watch.take()), [50, 51]);
});

test("what comes next may be looked at without taking it", () => {
  const watch = new Watch(table);
  assert.equal(watch.next, null);
  watch.played(10);
  watch.played(11);
  assert.deepEqual(span(watch.next), [10, 12]);
  assert.deepEqual(span(watch.take()), [10, 12]);
  assert.equal(watch.next, null);
  watch.played(12);
  assert.deepEqual(span(watch.next), [12, 13]);
});
