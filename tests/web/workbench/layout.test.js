import assert from "node:assert/strict";
import test from "node:test";

import { EventIndex } from "../../../coder_app/web/workbench/frontend/timeline/event-index.js";
import * as layout from "../../../coder_app/web/workbench/frontend/timeline/layout.js";

const view = { from_us: 10_000_000, span_us: 20_000_000, width_px: 1000, end_us: 60_000_000 };
const code = (id, more = {}) => ({ id, name: id, kind: "state", unscorable: false, implied: false, ...more });
const face = { id: "face", name: "Face", kind: "state", exclusive: true, codes: [code("smile"), code("neutral")] };
const voice = { id: "voice", name: "Voice", kind: "state", exclusive: false,
  codes: [code("coo"), code("fuss"), code("hit", { kind: "point" }), code("unsc", { unscorable: true, implied: true })] };
const bout = (id, stream, name, onset_us, offset_us) => ({ id, stream, code: name, kind: "state", onset_us, offset_us });

test("pixels and times are each other's inverse", () => {
  for (const t of [10_000_000, 12_345_678, 30_000_000]) assert.equal(Math.round(layout.timeAt(view, layout.xOf(view, t))), t);
});

test("zoom keeps what is under the pointer, and stays inside the recording", () => {
  const near = layout.zoomed(view, 0.5, 15_000_000);
  assert.equal(layout.xOf(near, 15_000_000), layout.xOf(view, 15_000_000));
  assert.equal(near.span_us, 10_000_000);
  assert.deepEqual([layout.zoomed(view, 100, 15_000_000).from_us, layout.zoomed(view, 100, 15_000_000).span_us], [0, 60_000_000]);
  assert.equal(layout.zoomed(view, 0.000001, 15_000_000).span_us, layout.CLOSEST_US);
});

test("scrolling stops at the ends", () => {
  assert.equal(layout.scrolled(view, -50_000_000).from_us, 0);
  assert.equal(layout.scrolled(view, 50_000_000).from_us, 40_000_000);
});

test("the window follows the playhead only when it must", () => {
  assert.equal(layout.following(view, 15_000_000), view);
  const turned = layout.following(view, 29_500_000);
  assert.ok(turned.from_us > view.from_us && layout.xOf(turned, 29_500_000) < 200);
  assert.equal(layout.following(view, 2_000_000).from_us, 0);
  const last = { ...view, from_us: 40_000_000 };
  assert.equal(layout.following(last, 59_900_000), last);
});

test("an exclusive stream has one lane, another one lane a code, under a common one for unscorable", () => {
  const { rows, height } = layout.rows([face, voice]);
  assert.deepEqual(rows[0].lanes.map((l) => l.key), ["face"]);
  assert.deepEqual(rows[1].lanes.map((l) => l.key), ["voice.coo", "voice.fuss", "voice.hit", "voice.*"]);
  assert.equal(rows[1].lanes[3].height, rows[1].height);
  assert.ok(rows[1].top >= rows[0].top + rows[0].height && height > rows[1].top + rows[1].height);
});

test("only what can be told apart is drawn, and a long bout among slivers is not lost", () => {
  const events = Array.from({ length: 50_000 }, (_, n) => bout(`e${n}`, "face", "smile", n * 1200, n * 1200 + 1000));
  const long = bout("long", "face", "smile", 60_000_000, 90_000_000);
  const all = { from_us: 0, span_us: 120_000_000, width_px: 1000, end_us: 120_000_000 };
  const drawn = [];
  layout.eachVisible([...events, long], all, (e) => e.offset_us, (e) => drawn.push(e.id));
  assert.ok(drawn.length < 4000, `${drawn.length}`);
  assert.ok(drawn.includes("long") && drawn.includes("e0"));
});

test("a bout that began before the window is drawn, one that ended before is not", () => {
  const drawn = [];
  const events = [bout("a", "face", "smile", 0, 9_000_000), bout("b", "face", "smile", 9_000_000, 11_000_000), bout("c", "face", "smile", 40_000_000, 41_000_000)];
  layout.eachVisible(events, view, (e) => e.offset_us, (e) => drawn.push(e.id));
  assert.deepEqual(drawn, ["b"]);
});

test("of a part of the view the same events are drawn there as of all of it", () => {
  const points = Array.from({ length: 9_000 }, (_, n) => ({ ...bout(`p${n}`, "voice", "hit", 10_000_000 + n * 2_221, null), kind: "point" }));
  const states = Array.from({ length: 9_000 }, (_, n) => bout(`s${n}`, "face", "smile", n * 4_409, n * 4_409 + (n % 50 ? 900 : 4_409)));
  const cases = /** @type {const} */ ([[points, (e) => e.onset_us, 3], [states, (e) => e.offset_us, 1]]);
  for (const [events, endOf, apart_px] of cases) {
    const drawn = (part) => {
      const found = [];
      layout.eachVisible(events, view, endOf, (e) => found.push(e), { apart_px, part });
      return found;
    };
    const all = drawn(layout.whole(view));
    for (const part of [{ from_px: 0, to_px: 9 }, { from_px: 400, to_px: 417 }, { from_px: 991, to_px: 1000 }]) {
      const touches = (e) => layout.xOf(view, endOf(e)) >= part.from_px && layout.xOf(view, e.onset_us) <= part.to_px;
      assert.ok(all.some(touches));
      assert.deepEqual(drawn(part).filter(touches), all.filter(touches));
      assert.ok(drawn(part).length < 60);
    }
  }
});

test("stretches of time touch parts of the view, as few as there can be, or none", () => {
  // 20 s from 10 s on in 1000 px: 50 px a second, and 8 px around.
  const partsOf = (...stretches) => layout.partsOf(view, stretches.map(([from_us, to_us]) => ({ from_us, to_us })), 8);
  assert.deepEqual(partsOf([12_000_000, 12_010_000]), [{ from_px: 92, to_px: 109 }]);
  assert.deepEqual(partsOf([0, 60_000_000]), [{ from_px: 0, to_px: 1000 }]);
  assert.deepEqual(partsOf([0, 9_000_000]), []);
  assert.deepEqual(partsOf(), []);
  const [late, early, beside] = [[20_000_000, 20_000_000], [12_000_000, 12_000_000], [12_300_000, 12_300_000]];
  assert.deepEqual(partsOf(late, early, beside), [{ from_px: 92, to_px: 123 }, { from_px: 492, to_px: 508 }]); // 92-108 and 107-123 overlap
  assert.deepEqual(partsOf([11_000_000, 20_000_000], early), [{ from_px: 42, to_px: 508 }]); // one within the other
});

test("the index of events follows changes", () => {
  const index = new EventIndex([face, voice], [bout("b", "face", "smile", 5, 9), bout("a", "face", "neutral", 0, 5), bout("x", "other", "z", 0, 1)]);
  assert.deepEqual(index.all.map((e) => e.id), ["a", "b"]);
  const touched = index.update({ put: [bout("a", "face", "neutral", 20, 30), bout("c", "voice", "coo", 7, null)], removed: [] });
  assert.deepEqual(touched.map((e) => [e.id, e.onset_us]), [["a", 0], ["a", 20], ["c", 7]]);
  assert.deepEqual(index.all.map((e) => e.id), ["b", "c", "a"]);
  assert.deepEqual(index.lane("face").bouts.map((e) => e.id), ["b", "a"]);
  assert.equal(index.boutAt("face", 8, (e) => e.offset_us)?.id, "b");
  assert.equal(index.boutAt("face", 9, (e) => e.offset_us), null);
  index.update({ put: [], removed: ["b", "unknown"] });
  assert.deepEqual(index.all.map((e) => e.id), ["c", "a"]);
  assert.equal(index.placeOf(index.get("a")), 1);
});
