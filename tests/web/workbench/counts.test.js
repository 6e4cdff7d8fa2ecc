// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Counts } from "../../../coder_app/web/workbench/frontend/counts.js";

const event = (/** @type {string} */ id, /** @type {string} */ code, /** @type {number} */ onset_us, /** @type {number | null} */ offset_us, kind = "state") =>
  /** @type {any} */ ({ id, kind, stream: "s", code, onset_us, offset_us });

test("counts follow what is added, changed, recoded and removed", () => {
  const counts = new Counts([event("a", "smile", 0, 10), event("b", "smile", 20, null), event("p", "point", 5, null, "point")]);
  const of = (/** @type {string} */ name) => counts.of(name, () => 7);
  assert.deepEqual(of("s.smile"), { count: 2, duration_us: 17 });
  assert.deepEqual(of("s.point"), { count: 1, duration_us: 0 });
  counts.update({ put: [event("b", "smile", 20, 25), event("c", "cry", 0, 3)], removed: [] });
  assert.deepEqual(of("s.smile"), { count: 2, duration_us: 15 });
  counts.update({ put: [event("a", "cry", 0, 10)], removed: ["b", "unknown"] });
  assert.deepEqual(of("s.smile"), { count: 0, duration_us: 0 });
  assert.deepEqual(of("s.cry"), { count: 2, duration_us: 13 });
  assert.deepEqual(of("s.none"), { count: 0, duration_us: 0 });
});
