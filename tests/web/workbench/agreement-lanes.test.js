// Lanes of the two coders.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GAP_PX, PAIR_PX, concerns, lane, pairAt, pairs } from "../../../coder_app/web/workbench/frontend/agreement/lanes.js";

const code = (id, more = {}) => ({ id, name: id.toUpperCase(), short: id, kind: "state", unscorable: false, implied: false, ...more });
const stream = (id, more = {}) => ({
  id, name: id, actor: "infant", kind: "state", exclusive: true, exhaustive: false,
  codes: [code("x"), code("y"), code("u", { unscorable: true })],
  spans: [[[0, 9]], [[0, 9]]], bouts: [[], []], points: [[], []], ...more,
});

test("one pair for an exclusive stream", () => {
  const { pairs: found, height } = pairs([stream("a"), stream("b")], "");
  assert.deepEqual(found.map((p) => [p.stream, p.under, p.top]), [["a", "", 2], ["b", "", 2 + PAIR_PX + GAP_PX]]);
  assert.equal(height, 2 + 2 * (PAIR_PX + GAP_PX));
});

test("a pair for each given code where codes may overlap, with what is unscorable over each", () => {
  const many = stream("a", { exclusive: false, bouts: [[[0, 2, "x"]], [[1, 3, "u"]]] });
  const { pairs: found } = pairs([many], "");
  assert.deepEqual(found.map((p) => p.under), ["X"]);
  assert.ok(found[0].codes.has("u") && !found[0].codes.has("y"));
});

test("streams that nobody coded are left out, unless one is asked for", () => {
  const empty = stream("b", { spans: [[], []] });
  assert.equal(pairs([empty], "").pairs.length, 0);
  assert.equal(pairs([empty], "b").pairs.length, 1);
  assert.equal(pairs([stream("a", { kind: "rating" })], "").pairs.length, 0);
});

test("the second coder's lane lies under the first's", () => {
  const pair = pairs([stream("a")], "").pairs[0];
  assert.ok(lane(pair, 1).top >= lane(pair, 0).top + lane(pair, 0).height);
  assert.equal(lane(pair, 1).top + lane(pair, 1).height, pair.top + PAIR_PX);
  assert.equal(pairAt([pair], pair.top + 3), pair);
  assert.equal(pairAt([pair], 500), null);
});

test("a disagreement is marked where its differing codes stand", () => {
  const many = stream("a", { exclusive: false, bouts: [[[0, 2, "x"], [0, 2, "y"]], []] });
  const [x, y] = pairs([many], "").pairs;
  const one = { stream: "a", kind: "state", from_us: 0, to_us: 1, first: ["x", "y"], second: ["y"] };
  assert.ok(concerns(x, one));
  assert.ok(!concerns(y, one));
  assert.ok(concerns(y, { ...one, kind: "unscorable" }));
  assert.ok(!concerns(x, { ...one, stream: "b" }));
});
