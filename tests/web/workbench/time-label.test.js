import assert from "node:assert/strict";
import test from "node:test";

import { duration, shortTime, speedLabel, tickLabel, timecode } from "../../../coder_app/web/workbench/frontend/time-label.js";

test("a time code is cut, never rounded", () => {
  assert.equal(timecode(0), "00:00:00.000");
  assert.equal(timecode(59_999_999), "00:00:59.999"); // rounding each part alone would say 00:01:60 or 00:00:60
  assert.equal(timecode(3_600_000_000 + 61_001_000), "01:01:01.001");
  assert.equal(timecode(1_290_000), "00:00:01.290"); // a float of seconds, floored, loses the last hundredth
  assert.equal(timecode(-40_000), "-00:00:00.040");
});

test("short times leave hours out while there are none", () => {
  assert.equal(shortTime(4_600_000), "00:04.600");
  assert.equal(shortTime(3_600_000_000), "01:00:00.000");
});

test("durations are seconds with three decimals", () => {
  assert.equal(duration(2_600_000), "2.600 s");
  assert.equal(duration(999), "0.000 s");
  assert.equal(duration(61_040_000), "61.040 s");
});

test("ruler marks have as many decimals as their step needs", () => {
  assert.equal(tickLabel(8_000_000, 1_000_000), "0:08");
  assert.equal(tickLabel(8_500_000, 500_000), "0:08.5");
  assert.equal(tickLabel(8_520_000, 20_000), "0:08.52");
  assert.equal(tickLabel(8_521_000, 1_000), "0:08.521");
  assert.equal(tickLabel(3_661_000_000, 1_000_000), "1:01:01");
});

test("speeds", () => {
  assert.deepEqual([0.1, 0.25, 1, 1.5, 4].map(speedLabel), ["0.1x", "0.25x", "1.0x", "1.5x", "4.0x"]);
});
