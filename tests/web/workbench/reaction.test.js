// What the coder's own reaction time takes off, and how it is put back: every state is worked out by hand from docs/coding-rules.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Coding, apply } from "../../../coder_app/web/workbench/frontend/coding.js";
import { begunSince, movesBack, msOf } from "../../../coder_app/web/workbench/frontend/reaction.js";

const { scheme } = JSON.parse(readFileSync(new URL("../../cases/findings.json", import.meta.url), "utf8"));
const FACE = "infant_face"; // exhaustive: smile, neutral
const VOICE = "infant_voice"; // exclusive: coo, cry
const RETURNS = "returns"; // mirroring, still; points: violation

/** @param {string} stream @param {[string, number, number | null][]} bouts code, onset, offset */
function coded(stream, bouts) {
  const kindOf = (code) => scheme.streams.find((s) => s.id === stream).codes.find((c) => c.id === code).kind;
  const events = bouts.map(([code, onset_us, offset_us], n) => ({ id: `e${n}`, kind: kindOf(code), stream, code, onset_us, offset_us }));
  return Coding.restore(scheme, events, {}, {});
}

/** The stream after the moves, as `coded` takes it. */
function moved(coding, stream, moves) {
  moves.forEach(({ id, edge, to_us }, n) => {
    const event = { ...coding.events.get(id), [edge]: to_us };
    if (coding.events.get(id)[edge] === to_us) return;
    coding.take(apply(coding, { id: `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`, kind: "change", event }));
  });
  return [...coding.bouts(stream), ...coding.points(stream)].map((e) => [e.code, e.onset_us, e.offset_us]);
}

const back = (stream, code, at_us, seen_us, bouts) => {
  const coding = coded(stream, bouts);
  const { moves, left } = movesBack(coding, { stream, code, at_us, seen_us });
  return { bouts: moved(coding, stream, moves), left, count: moves.length };
};

test("milliseconds as they are typed", () => {
  const right = { 250: 250, "250 ms": 250, "0.25s": 250, "0,3 s": 300, 0: 0, off: 0, "": 0, 500: 500 };
  for (const [text, ms] of Object.entries(right)) assert.equal(msOf(text), ms, text);
  for (const text of ["501", "-3", "a", "1 s", "12 min"]) assert.equal(msOf(text), null, text);
});

test("a switch goes back with the bout before it", () => {
  assert.deepEqual(back(FACE, "neutral", 70, 100, [["smile", 0, 70], ["neutral", 70, 200]]), { bouts: [["smile", 0, 100], ["neutral", 100, 200]], left: 0, count: 2 });
  assert.deepEqual(back(VOICE, "cry", 70, 100, [["coo", 0, 70], ["cry", 70, null]]), { bouts: [["coo", 0, 100], ["cry", 100, null]], left: 0, count: 2 });
});

test("a stop, a begin and a point go back alone", () => {
  assert.deepEqual(back(RETURNS, "still", 70, 100, [["still", 0, 70], ["mirroring", 70, 90]]), { bouts: [["still", 0, 100], ["mirroring", 70, 90]], left: 0, count: 1 });
  assert.deepEqual(back(RETURNS, "still", 70, 100, [["still", 70, null]]).bouts, [["still", 100, null]]);
  assert.deepEqual(back(RETURNS, "violation", 70, 100, [["violation", 70, null], ["violation", 80, null]]).bouts, [["violation", 80, null], ["violation", 100, null]]);
});

test("what was moved since stays, what would meet another or vanish is left", () => {
  assert.deepEqual(back(VOICE, "coo", 70, 100, [["coo", 71, 200]]), { bouts: [["coo", 71, 200]], left: 0, count: 0 });
  assert.deepEqual(back(VOICE, "coo", 70, 100, [["coo", 0, 70], ["cry", 90, 120]]), { bouts: [["coo", 0, 70], ["cry", 90, 120]], left: 1, count: 0 });
  assert.deepEqual(back(VOICE, "coo", 70, 100, [["coo", 70, 100]]), { bouts: [["coo", 70, 100]], left: 1, count: 0 });
});

test("a key changes what went on only after that has begun", () => {
  const coding = coded(VOICE, [["coo", 0, 60], ["cry", 60, null]]);
  const pressed = (code) => ({ stream: { id: VOICE }, code: { id: code } });
  assert.equal(begunSince(coding, pressed("coo"), 50, 80), 60);
  assert.equal(begunSince(coding, pressed("cry"), 60, 80), 60); // its own stop key
  assert.equal(begunSince(coding, pressed("coo"), 61, 80), null);
  const free = coded(RETURNS, [["still", 60, null], ["violation", 70, null]]);
  const other = (code) => ({ stream: { id: RETURNS }, code: { id: code } });
  assert.equal(begunSince(free, other("mirroring"), 50, 80), null); // may lie over it
  assert.equal(begunSince(free, other("violation"), 50, 80), null);
  assert.equal(begunSince(free, other("still"), 50, 80), 60);
});
