// The cases of tests/cases/progress.json, which the server is held to as well; and what is said of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Coding } from "../../../coder_app/web/workbench/frontend/coding.js";
import { words } from "../../../coder_app/web/workbench/frontend/passes.js";
import { percent, progressOf } from "../../../coder_app/web/workbench/frontend/progress.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../../cases/${name}.json`, import.meta.url), "utf8"));
const { scheme } = read("findings");
const { end_us, passes, cases } = read("progress");

function eventOf(line, n) {
  const [place, onset, offset] = line.split(" ");
  const [stream, code] = place.split(".");
  if (onset.startsWith("=")) return { id: `e${n}`, kind: "rating", stream, code, value: Number(onset.slice(1)) };
  return { id: `e${n}`, kind: "state", stream, code, onset_us: Number(onset), offset_us: offset === "-" ? null : Number(offset) };
}

for (const { name, events, watched, own, played, progress } of cases) {
  test(name, () => {
    const coding = Coding.restore({ ...scheme, passes }, events.map(eventOf), watched, own);
    const found = passes.map((pass) => {
      const count = [...coding.events.values()].filter((event) => pass.streams.includes(event.stream)).length;
      const one = progressOf(coding, pass, end_us, played, count);
      return [one.pass, one.watched_us, one.coded_us, one.events, one.played_us, one.speed, one.speeds];
    });
    assert.deepEqual(found, progress);
  });
}

test("shares are never more than there is", () => {
  assert.deepEqual([[0, 3], [1, 3], [2, 3], [2999, 3000], [3, 3], [29, 100], [5, 0]].map(([a, b]) => percent(a, b)), ["0 %", "33 %", "66 %", "99 %", "100 %", "29 %", "0 %"]);
});

test("words", () => {
  const one = { pass: "p", name: "P", end_us: 100, watched_us: 50, coded_us: 25, events: 1, played_us: 50, speed: 0.5, speeds: [[50, 50]] };
  assert.deepEqual(words(one), ["50 % watched", "25 % coded", "1 event", "played at 0.5x"]);
  assert.equal(words({ ...one, speed: 0.6, speeds: [[50, 40], [100, 20]] })[3], "played at 0.6x on average, 0.5x to 1.0x");
  assert.equal(words({ ...one, speed: null, speeds: [] })[3], "not played, or frame by frame");
  assert.deepEqual(words({ ...one, watched_us: null, coded_us: null, events: 2 }), ["2 ratings"]);
});
