import assert from "node:assert/strict";
import test from "node:test";

import { EventIndex } from "../../../coder_app/web/workbench/frontend/timeline/event-index.js";
import { eventAt, lanesAt } from "../../../coder_app/web/workbench/frontend/timeline/hit.js";
import { rows as layRows } from "../../../coder_app/web/workbench/frontend/timeline/layout.js";

const code = (id, kind = "state") => ({ id, name: id, kind, unscorable: id === "unsc", implied: false });
const stream = { id: "voice", name: "Voice", kind: "state", exclusive: false, codes: [code("coo"), code("hit", "point"), code("unsc")] };
const event = (id, name, kind, onset_us, offset_us = null) => ({ id, stream: "voice", code: name, kind, onset_us, offset_us });
const { rows } = layRows([stream]);
const view = { from_us: 0, span_us: 10_000_000, width_px: 1000, end_us: 10_000_000 };
const index = new EventIndex([stream], [
  event("long", "coo", "state", 1_000_000, 3_000_000), event("tiny", "coo", "state", 5_000_000, 5_001_000),
  event("point", "hit", "point", 2_000_000), event("blind", "unsc", "state", 6_000_000, 8_000_000),
]);
const scene = { rows, view, index, endOf: (e) => e.offset_us ?? e.onset_us };
const [coo, hit] = rows[0].lanes.map((lane) => lane.top + lane.height / 2);

test("a bout is met anywhere inside it, half-open", () => {
  assert.equal(eventAt(scene, 100, coo)?.id, "long");
  assert.equal(eventAt(scene, 299, coo)?.id, "long");
  assert.equal(eventAt(scene, 300, coo), null);
});

test("a bout of a tenth of a pixel and a point are met near by", () => {
  assert.equal(eventAt(scene, 503, coo)?.id, "tiny");
  assert.equal(eventAt(scene, 204, hit)?.id, "point");
  assert.equal(eventAt(scene, 212, hit), null);
});

test("unscorable time is met in every lane of its stream", () => {
  assert.equal(eventAt(scene, 700, coo)?.id, "blind");
  assert.equal(eventAt(scene, 700, hit)?.id, "blind");
});

test("between rows there is nothing", () => assert.deepEqual(lanesAt(rows, 0), []));
