// The queue of disagreements: what is played, what comes next, what can be seen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { at, beside, loop, said, shown, viewOf } from "../../../coder_app/web/workbench/frontend/agreement/queue.js";

const S = 1_000_000;
const END = 60 * S;
const one = (from, to, more = {}) => ({ stream: "a", kind: "state", from_us: from * S, to_us: to * S, first: ["x"], second: [], ...more });

test("a long disagreement is played as it is", () => {
  assert.deepEqual(loop(one(10, 14), 0, END), [10 * S, 14 * S]);
});

test("a short one is grown evenly to a second", () => {
  assert.deepEqual(loop(one(10, 10.4), 0, END), [9.7 * S, 10.7 * S]);
  assert.deepEqual(loop(one(10, 10, { kind: "point" }), 0, END), [9.5 * S, 10.5 * S]);
});

test("the loop stays inside the recording and a second long", () => {
  assert.deepEqual(loop(one(0, 0.2), 0, END), [0, S]);
  assert.deepEqual(loop(one(59.9, 60), 0, END), [59 * S, END]);
  assert.deepEqual(loop(one(0, 0.1), 0, 500_000), [0, 500_000]);
});

test("what is asked for before and after is added", () => {
  assert.deepEqual(loop(one(10, 14), 2 * S, END), [8 * S, 16 * S]);
  assert.deepEqual(loop(one(1, 14), 2 * S, 15 * S), [0, 15 * S]);
});

test("one stream or all", () => {
  const all = [one(1, 2), one(2, 3, { stream: "b" }), one(4, 5)];
  assert.deepEqual(shown(all, ""), [0, 1, 2]);
  assert.deepEqual(shown(all, "a"), [0, 2]);
  assert.deepEqual(shown(all, "c"), []);
});

test("next and previous stay at the ends", () => {
  assert.equal(beside([0, 2, 5], 2, 1), 5);
  assert.equal(beside([0, 2, 5], 5, 1), 5);
  assert.equal(beside([0, 2, 5], 0, -1), 0);
  assert.equal(beside([0, 2, 5], null, 1), 0);
  assert.equal(beside([0, 2, 5], null, -1), 5);
  assert.equal(beside([0, 2, 5], 1, 1), 0); // one of a stream that is not shown
  assert.equal(beside([], null, 1), null);
});

test("the view stays where the disagreement can be seen already", () => {
  const view = { from_us: 0, span_us: 40 * S, width_px: 1000, end_us: END };
  assert.deepEqual(viewOf(view, one(10, 12)), { from_us: 0, span_us: 40 * S });
});

test("a small or distant one brings the view to it", () => {
  const view = { from_us: 0, span_us: 40 * S, width_px: 1000, end_us: END };
  const small = viewOf(view, one(10, 10.2));
  assert.equal(small.span_us, 20 * S);
  assert.equal(small.from_us + small.span_us / 2, 10.1 * S);
  const far = viewOf(view, one(50, 52));
  assert.ok(far.from_us <= 50 * S && far.from_us + far.span_us >= 52 * S);
  const long = viewOf({ ...view, span_us: 5 * S }, one(10, 30));
  assert.equal(long.span_us, 24 * S);
});

test("an instant finds the nearest disagreement of its stream", () => {
  const all = [one(1, 2), one(4, 5), one(4, 5, { stream: "b" })];
  assert.equal(at(all, "a", 4.5 * S, 100_000), 1);
  assert.equal(at(all, "b", 4.5 * S, 100_000), 2);
  assert.equal(at(all, "a", 2.05 * S, 100_000), 0);
  assert.equal(at(all, "a", 3 * S, 100_000), null);
});

test("what a coder gave, in words", () => {
  const names = new Map([["a.x", "Smile"], ["a.y", "Gaze"]]);
  assert.equal(said(["x", "y"], names, one(1, 2)), "Smile + Gaze");
  assert.equal(said([], names, one(1, 2)), "none");
  assert.equal(said([], names, one(1, 1, { kind: "point" })), "no point");
  assert.equal(said(["z"], names, one(1, 2)), "z");
});
