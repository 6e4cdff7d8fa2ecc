import assert from "node:assert/strict";
import test from "node:test";

import { drawMotion, highest, motionOf } from "../../../coder_app/web/workbench/frontend/timeline/motion.js";

const many = Float32Array.from({ length: 1000 }, (_, n) => (n * 7919) % 997);

test("the highest energy of any stretch, as a plain search finds it, is not missed", () => {
  const motion = motionOf(many);
  for (const [from, until] of [[0, 1], [5, 6], [17, 30], [0, 1000], [100, 900], [333, 345], [999, 1000]]) {
    const wanted = Math.max(...many.subarray(from, until));
    const found = highest(motion, from, until);
    assert.ok(found >= wanted, `${from} to ${until}`);
    if (until - from <= 16) assert.equal(found, wanted, `${from} to ${until}`);
  }
});

test("a long stretch is rounded outwards by less than half of it", () => {
  const one = new Float32Array(1000);
  one[500] = 9;
  const motion = motionOf(one);
  for (let wide = 1; wide < 300; wide += 7) {
    const away = Math.ceil(wide / 2);
    assert.equal(highest(motion, 501 + away, 501 + away + wide), 0, `${wide} after it`);
    assert.equal(highest(motion, 500 - away - wide, 500 - away), 0, `${wide} before it`);
    assert.equal(highest(motion, 500, 500 + wide), 9, `${wide} with it`);
  }
});

test("frames without a value count as still, and one cut of the film does not set the scale", () => {
  const energies = Float32Array.from({ length: 1000 }, (_, n) => (n === 0 ? NaN : 4));
  energies[500] = 250;
  const motion = motionOf(energies);
  assert.equal(motion.peak, 4);
  assert.equal(highest(motion, 0, 1), 0);
  assert.equal(highest(motion, 500, 501), 250);
});

test("still pictures have a scale nevertheless", () => {
  assert.equal(motionOf(new Float32Array(10)).peak, 1);
  assert.equal(motionOf(new Float32Array([NaN])).peak, 1);
});

test("a bar stands on the ground of its row, as high as its energy, at most the row", () => {
  const bars = [];
  const context = { beginPath() {}, fill() {}, rect: (...bar) => bars.push(bar) };
  const motion = { levels: [Float32Array.from([0, 5, 10, 20])], peak: 10 };
  drawMotion(context, motion, [0, 1, 2, 2, 3, 4], "#000", { top: 100, height: 23 });
  // 20 px for the peak of 10: nothing for 0, 10 px for 5, 20 px for 10 (two pixels of one frame) and for 20
  assert.deepEqual(bars, [[1, 112, 1, 10], [2, 102, 1, 20], [3, 102, 1, 20], [4, 102, 1, 20]]);
});
