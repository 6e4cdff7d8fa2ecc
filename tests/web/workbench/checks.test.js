// The cases of tests/cases/findings.json, which the server's rules are held to as well: kept current from operation to operation,
// and made at once.
// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Checks } from "../../../coder_app/web/workbench/frontend/checks.js";
import { Coding, apply } from "../../../coder_app/web/workbench/frontend/coding.js";

const { scheme, end_us, cases } = JSON.parse(readFileSync(new URL("../../cases/findings.json", import.meta.url), "utf8"));

for (const { name, episodes, operations, findings } of cases) {
  test(name, () => {
    const coding = new Coding(scheme);
    const checks = new Checks(coding, end_us, episodes);
    operations.forEach((/** @type {any} */ operation, /** @type {number} */ n) => {
      const changes = apply(coding, operation);
      coding.take(changes);
      checks.update(changes);
      if (n % 2 === 1) assert.deepEqual(checks.list(), new Checks(coding, end_us, episodes).list());
    });
    assert.deepEqual(checks.list(), findings);
  });
}

test("episodes that are drawn later are asked for", () => {
  const checks = new Checks(new Coding(scheme), end_us, []);
  const warmth = () => checks.list().filter((f) => f.code === "warmth").map((f) => f.message);
  assert.deepEqual(warmth(), []);
  checks.setEpisodes([{ id: "e", name: "Play" }]);
  assert.deepEqual(warmth(), ["Warmth is not rated in Play."]);
});

test("50,000 events cost one change little", () => {
  const events = Array.from({ length: 50_000 }, (_, n) => ({
    id: `e${String(n).padStart(6, "0")}`, kind: "state", stream: "infant_face", code: n % 2 ? "smile" : "neutral", onset_us: n * 500_000,
    offset_us: n * 500_000 + 500_000, modifiers: {}, comment: "", unsure: false, link: null, late_us: 0,
  }));
  const end = 50_000 * 500_000;
  const coding = Coding.restore(scheme, events, { infant_face: [[0, end]] }, {});
  const checks = new Checks(coding, end, []);
  checks.list();
  const began = performance.now();
  for (let n = 0; n < 20; n++) {
    const changes = apply(coding, /** @type {any} */ ({
      id: `00000000-0000-7000-8000-0000000000${10 + n}`, kind: "remove", event: { id: events[100 + 2 * n].id },
    }));
    coding.take(changes);
    checks.update(changes);
  }
  const each = (performance.now() - began) / 20;
  const listing = performance.now();
  checks.list();
  const listed = performance.now() - listing;
  console.log(`an operation ${each.toFixed(2)} ms, the list ${listed.toFixed(1)} ms`);
  assert.ok(each < 8, `an operation costs ${each} ms`);
  assert.ok(listed < 400, `the list costs ${listed} ms`);
});
