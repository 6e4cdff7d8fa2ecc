import assert from "node:assert/strict";
import test from "node:test";

import { PIECE, frequencyAt, levelFor, opacities, placeOf } from "../../../coder_app/web/workbench/frontend/timeline/spectrogram.js";

const about = {
  bands: 64, lowest_hz: 60, highest_hz: 8000, column_us: 10_000, fold: 4, floor_db: -100, levels: [3000, 750, 188], loud: 200,
};

test("the level is the coarsest that still has a column for each pixel", () => {
  // columns last 10, 40 and 160 ms
  assert.deepEqual([1_000, 10_000, 39_999, 40_000, 159_999, 160_000, 9_000_000].map((px_us) => levelFor(about, px_us)), [0, 0, 0, 1, 1, 2, 2]);
});

test("a piece is read where its level and its columns stand", () => {
  assert.deepEqual(placeOf(about, 0, 0), { from: 0, bytes: PIECE * 64 });
  assert.deepEqual(placeOf(about, 0, 11), { from: 11 * PIECE * 64, bytes: (3000 - 11 * PIECE) * 64 });
  assert.deepEqual(placeOf(about, 2, 0), { from: 3750 * 64, bytes: 188 * 64 });
});

test("loud sounds have all of the colour, those 60 dB below none", () => {
  const opacity = opacities(about);
  assert.deepEqual([0, 200 - 153, 200, 255].map((value) => opacity[value]), [0, 0, 255, 255]); // 60 of 100 dB are 153 of 255
  assert.ok(opacity.every((one, n) => n === 0 || one >= opacity[n - 1]));
  assert.ok(opacity[100] > 0);
});

test("a height has the frequency of its band", () => {
  const hz = (share) => Math.round(frequencyAt(about, share));
  assert.deepEqual([hz(0), hz(1)], [60, 8000]);
  // half way between 92.6 and 2840.0 mel are 1466.3 mel: 700 (10 ** (1466.3 / 2595) - 1) Hz
  assert.equal(hz(0.5), 1871);
});
