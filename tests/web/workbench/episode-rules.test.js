// Where an episode may lie. 100 frames of 40 ms; times are worked by hand from that.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { cleanName, drawn, edgeTo, episodeAt, movedBy, nextName, placed, refusal, roomAt, typedTimes } from "../../../coder_app/web/workbench/frontend/episode-rules.js";
import { FrameTable } from "../../../coder_app/web/workbench/frontend/frame-table.js";

const FRAME = 40_000;
const END = 100 * FRAME;
const table = new FrameTable(Array.from({ length: 100 }, (_, n) => n * FRAME), 0, END);
const ep = (id, from, to, name = id) => ({ id, name, onset_us: from * FRAME, offset_us: to * FRAME });
const [play, still] = [ep("play", 10, 30), ep("still", 50, 60)];
const list = [play, still];
const frames = ({ onset_us, offset_us }) => [onset_us / FRAME, offset_us / FRAME];

test("an episode holds its start and not its end", () => {
  assert.deepEqual([9, 10, 29, 30].map((n) => episodeAt(list, n * FRAME)?.id), [undefined, "play", "play", undefined]);
});

test("the free time lies between neighbours; there is none inside another", () => {
  assert.deepEqual(roomAt(list, 0, END), { from_us: 0, to_us: 10 * FRAME });
  assert.deepEqual(roomAt(list, 30 * FRAME, END), { from_us: 30 * FRAME, to_us: 50 * FRAME });
  assert.deepEqual(roomAt(list, 99 * FRAME, END), { from_us: 60 * FRAME, to_us: END });
  assert.equal(roomAt(list, 20 * FRAME, END), null);
  assert.deepEqual(roomAt(list, 20 * FRAME, END, "play"), { from_us: 0, to_us: 50 * FRAME });
});

test("an edge goes to the nearest frame, to the neighbour at the most, and leaves one frame", () => {
  assert.deepEqual(frames(edgeTo(list, play, "offset", 44.6 * FRAME, table)), [10, 45]);
  assert.deepEqual(frames(edgeTo(list, play, "offset", 55 * FRAME, table)), [10, 50]);
  assert.deepEqual(frames(edgeTo(list, play, "offset", 2 * FRAME, table)), [10, 11]);
  assert.deepEqual(frames(edgeTo(list, still, "onset", 5 * FRAME, table)), [30, 60]);
  assert.deepEqual(frames(edgeTo(list, still, "onset", 80 * FRAME, table)), [59, 60]);
  assert.deepEqual(frames(edgeTo(list, still, "offset", 2 * END, table)), [50, 100]);
});

test("all of it moves as far as the neighbours let it, and keeps its length", () => {
  assert.deepEqual(frames(movedBy(list, play, 5.4 * FRAME, table)), [15, 35]);
  assert.deepEqual(frames(movedBy(list, play, 40 * FRAME, table)), [30, 50]);
  assert.deepEqual(frames(movedBy(list, play, -40 * FRAME, table)), [0, 20]);
  assert.deepEqual(frames(movedBy(list, still, END, table)), [90, 100]);
});

test("a new one is drawn in either direction, within the free time", () => {
  const one = (at, from, to) => drawn(list, at * FRAME, from * FRAME, to * FRAME, table);
  assert.deepEqual(frames(one(35, 35.3, 40.2)), [35, 40]);
  assert.deepEqual(frames(one(45, 45, 2)), [30, 45]);
  assert.deepEqual(frames(one(70, 70, 500)), [70, 100]);
  assert.equal(one(20, 20, 40), null);
  assert.equal(one(35, 35, 35.2), null);
});

test("typed times: the start and the end, or how long it lasts", () => {
  assert.deepEqual(frames(typedTimes("0.4", "f30", table)), [10, 30]);
  assert.deepEqual(frames(typedTimes("0:00.41", "+0.8", table)), [10, 30]);
  assert.deepEqual(frames(typedTimes("0", "4", table)), [0, 100]);
  assert.match(String(typedTimes("soon", "4", table)), /"soon" is no time/);
  assert.match(String(typedTimes("0", "", table)), /A time is missing/);
  assert.match(String(typedTimes("2", "+3", table)), /after the recording/);
});

test("the list stays in order, and the next name is one that is not there", () => {
  assert.deepEqual(placed(list, ep("warm", 0, 5)).map((one) => one.id), ["warm", "play", "still"]);
  assert.deepEqual(placed(list, ep("play", 70, 80)).map((one) => one.id), ["still", "play"]);
  assert.equal(nextName(list, ["PLAY", "Still", "Reunion"]), "Reunion");
  assert.equal(nextName(list, ["Play"]), "");
});

const shared = JSON.parse(readFileSync(new URL("../../cases/episodes.json", import.meta.url), "utf8"));
const row = ([id, name, onset_us, offset_us]) => ({ id, name: cleanName(name), onset_us, offset_us });
for (const { name, one, refused } of shared.cases) {
  test(`refused in the server's words: ${name}`, () => assert.equal(refusal(shared.list.map(row), row(one)), refused));
}

test("a name is kept in composed letters with single spaces", () => {
  assert.equal(cleanName("  Re\u0301union \t two "), "R\u00e9union two");
});
