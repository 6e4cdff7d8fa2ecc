// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Coding } from "../../../coder_app/web/workbench/frontend/coding.js";
import { candidates, choiceOf, fits, rulesOf, turned } from "../../../coder_app/web/workbench/frontend/links.js";

const code = (/** @type {string} */ id) => ({ id, name: id, kind: "state", modifiers: [], unscorable: false });
const stream = (/** @type {string} */ id, /** @type {string[]} */ codes) => ({ id, name: id, kind: "state", exclusive: false, exhaustive: false, codes: codes.map(code) });
const scheme = /** @type {any} */ ({
  streams: [stream("infant", ["smile", "coo"]), stream("answer", ["mirror", "other"])], passes: [], modifiers: [], impossible: [],
  links: [
    { id: "a", source: ["answer.mirror"], target: ["infant.smile"], from_edge: "onset", window_us: [0, 20], unprompted: true },
    { id: "b", source: ["answer.mirror"], target: ["infant.coo"], from_edge: "offset", window_us: [-5, 20], unprompted: false },
  ],
});
const event = (/** @type {string} */ id, /** @type {string} */ name, /** @type {number} */ onset_us, /** @type {number | null} */ offset_us) => {
  const [of, code_] = name.split(".");
  return { id, kind: "state", stream: of, code: code_, onset_us, offset_us, modifiers: {}, comment: "", unsure: false, link: null, late_us: 0 };
};
const coding = (/** @type {any[]} */ ...events) => Coding.restore(scheme, events, {}, {});
const mirror = event("m", "answer.mirror", 100, 110);

test("the windows include their ends and hold no more", () => {
  const held = coding(mirror, ...[79, 80, 100, 101].map((at) => event(`s${at}`, "infant.smile", at, at + 1)));
  assert.deepEqual(candidates(held, mirror).map((e) => e.id), ["s100", "s80"]);
  const coos = coding(mirror, ...[[70, 79], [79, 80], [81, 105], [105, 106]].map(([a, b]) => event(`c${b}`, "infant.coo", a, b)));
  assert.deepEqual(candidates(coos, mirror).map((e) => e.id), ["c105", "c80"]);
});

test("nearest is what goes on, then what ended last, then what begins later", () => {
  const held = coding(mirror, event("on", "infant.coo", 95, 103), event("ended", "infant.smile", 90, 98), event("later", "infant.coo", 103, 105));
  assert.deepEqual(candidates(held, mirror).map((e) => e.id), ["on", "ended", "later"]);
});

test("a choice begins with the present link and goes round", () => {
  const held = coding(mirror, event("a", "infant.smile", 90, 100), event("b", "infant.smile", 80, 85));
  const first = choiceOf(held, { ...mirror, link: { to: "b" } });
  assert.deepEqual(first, { among: ["a", "b"], at: 1, unprompted: true });
  assert.equal(turned(/** @type {any} */ (first)).at, 0);
  assert.equal(choiceOf(held, event("o", "answer.other", 100, 110)), null);
});

test("a link fits while its source begins in the window", () => {
  const smile = event("a", "infant.smile", 90, 100);
  const held = coding(mirror, smile);
  const rules = rulesOf(scheme, mirror);
  assert.equal(fits(held, rules, mirror, smile), true);
  assert.equal(fits(held, rules, { ...mirror, onset_us: 111 }, smile), false);
  assert.equal(fits(held, rules, mirror, { ...smile, stream: "answer", code: "other" }), false);
});
