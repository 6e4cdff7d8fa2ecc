import assert from "node:assert/strict";
import test from "node:test";

import { likes } from "../../../coder_app/web/workbench/frontend/liking.js";
import { placeOf } from "../../../coder_app/web/workbench/frontend/timeline/loops.js";

const USUAL = { volume: 1, muted: false, speed: 1, brightness: 1, contrast: 1 };

test("what was kept counts where it can be, else the usual", () => {
  const of = (kept) => likes((name) => kept[name] ?? null);
  assert.deepEqual(of({}), USUAL);
  const right = { volume: 0, muted: true, speed: 0.1, brightness: 0.2, contrast: 3 };
  assert.deepEqual(of(right), right);
  assert.deepEqual(of({ volume: 1.1, muted: "yes", speed: 5, brightness: -1, contrast: NaN }), USUAL);
  assert.deepEqual(of({ volume: "0.5", speed: null, contrast: Infinity }), USUAL);
  assert.equal(of({ brightness: 9 }).brightness, 3); // the brightest there is
});

test("a loop lies where its time lies, and one end of it may be all there is", () => {
  const view = { from_us: 10_000_000, span_us: 10_000_000, width_px: 1000, end_us: 60_000_000 }; // 100 pixels a second
  assert.deepEqual(placeOf(view, { kind: "loop", from_us: 12_000_000, to_us: 15_000_000 }), { x: 200, width: 300, ends: "both" });
  assert.deepEqual(placeOf(view, { kind: "marked", from_us: 12_000_000, to_us: null }), { x: 200, width: 1, ends: "from" });
  assert.deepEqual(placeOf(view, { kind: "marked", from_us: null, to_us: 12_000_000 }), { x: 200, width: 1, ends: "to" });
  assert.equal(placeOf(view, { kind: "marked", from_us: null, to_us: null }), null);
  assert.equal(placeOf(view, { kind: "loop", from_us: 0, to_us: 9_990_000 }), null); // before the window
  assert.equal(placeOf(view, { kind: "loop", from_us: 20_010_000, to_us: 30_000_000 }), null); // after it
  const around = placeOf(view, { kind: "loop", from_us: 0, to_us: 60_000_000 });
  assert.ok(around && around.x < 0 && around.x + around.width > 1000); // its ends are not in the picture
});
