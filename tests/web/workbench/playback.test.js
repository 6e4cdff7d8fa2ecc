import assert from "node:assert/strict";
import test from "node:test";

import { boundaryBefore, boundaryFrom } from "../../../coder_app/web/workbench/frontend/boundaries.js";
import { FrameTable } from "../../../coder_app/web/workbench/frontend/frame-table.js";
import { placeOf } from "../../../coder_app/web/workbench/frontend/go-to.js";
import { AS_RECORDED, fittedLook, pannedLook, styleOf, zoomedLook } from "../../../coder_app/web/workbench/frontend/picture.js";
import { fileName } from "../../../coder_app/web/workbench/frontend/snapshot.js";

const FRAMES = 100 * 60 * 25; // 100 minutes
const table = new FrameTable(Array.from({ length: FRAMES }, (_, n) => n * 40_000), 0, FRAMES * 40_000);

test("times and frames as they are typed", () => {
  const right = { "1:02.5": 1562, "62.5": 1562, f1550: 1550, "frame 12": 12, "1:02:03": 93_075, "0": 0, "62,5 s": 1562, ".04": 1, "+1": 125, "-f10": 90, "- 0:01": 75 };
  for (const [text, frame] of Object.entries(right)) assert.deepEqual(placeOf(text, table, 100), { frame, wrong: "" }, text);
  assert.equal(placeOf("2.539999", table, 0).frame, 63); // the frame that is shown at that time, not the nearest
});

test("what is wrong is said", () => {
  const wrong = {
    "": /Type a time/, f: /whole number/, "f1.5": /whole number/, f150000: /last frame is f149999/, "-f101": /before the start/, "1:60": /60 or more/,
    "1:2:3:4": /hours, minutes and seconds/, "1::2": /empty/, "12x": /"12x" is no number/, "100:00": /ends at 01:40:00.000/, "-5": /before the start/,
  };
  for (const [text, told] of Object.entries(wrong)) {
    const place = placeOf(text, table, 100);
    assert.equal(place.frame, null, text);
    assert.match(place.wrong, told);
  }
});

test("the next and the last boundary of all events", () => {
  let seed = 7;
  const random = (n) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  const events = Array.from({ length: 300 }, (_, n) => {
    const onset_us = random(1000);
    return { id: String(n), onset_us, offset_us: random(3) === 0 ? null : onset_us + random(200) };
  }).sort((a, b) => a.onset_us - b.onset_us);
  events.unshift({ id: "rating", onset_us: null, offset_us: null });
  const all = events.flatMap((e) => [e.onset_us, e.offset_us]).filter((t) => t !== null);
  for (let t = -1; t < 1250; t += 7) {
    const [after, before] = [all.filter((one) => one >= t), all.filter((one) => one < t)];
    assert.equal(boundaryFrom(events, t)?.t_us ?? null, after.length ? Math.min(...after) : null);
    assert.equal(boundaryBefore(events, t)?.t_us ?? null, before.length ? Math.max(...before) : null);
  }
});

test("the picture fills its place, whatever is asked", () => {
  assert.deepEqual(styleOf(AS_RECORDED), { transform: "", filter: "" });
  const near = zoomedLook(AS_RECORDED, 2, [0.25, -0.5]);
  assert.deepEqual([near.zoom, near.x, near.y], [2, -0.25, 0.5]); // what lay there lies there still
  assert.deepEqual(pannedLook(near, 9, -9), { ...near, x: 0.5, y: -0.5 });
  assert.deepEqual(zoomedLook(near, 0.01), { ...AS_RECORDED });
  assert.deepEqual(fittedLook({ ...AS_RECORDED, brightness: 99, contrast: 0 }), { ...AS_RECORDED, brightness: 3, contrast: 0.2 });
});

test("a file is named by observation, frame and time", () => {
  assert.equal(fileName("Beobachtung 12: Säugling/Mutter", 308, 12_320_000), "Beobachtung-12-Säugling-Mutter_f308_00-00-12.320.png");
  assert.equal(fileName("..", 0, 0), "observation_f0_00-00-00.000.png");
});
