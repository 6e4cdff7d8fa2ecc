import assert from "node:assert/strict";
import test from "node:test";

import { ticks } from "../../../coder_app/web/workbench/frontend/timeline/ticks.js";

test("labels keep their distance at every zoom", () => {
  for (let span_us = 200_000; span_us < 4 * 3_600_000_000; span_us *= 1.7) {
    const { step_us, major } = ticks(0, span_us, 1000);
    assert.ok((step_us / span_us) * 1000 >= 84, `${span_us}`);
    assert.ok(major.length <= 13);
    for (const t of major) assert.equal(t % step_us, 0);
  }
});

test("minor marks divide major ones", () => {
  const { step_us, minor_us, major, minor } = ticks(7_300_000, 20_000_000, 1000);
  assert.equal(step_us, 2_000_000);
  assert.equal(step_us % minor_us, 0);
  assert.deepEqual(major.slice(0, 2), [8_000_000, 10_000_000]);
  assert.ok(major.every((t) => minor.includes(t)));
});

test("minutes are cut into minutes, not tenths", () => {
  assert.deepEqual(ticks(0, 1_800_000_000, 600).step_us, 300_000_000);
  assert.deepEqual(ticks(0, 1_800_000_000, 600).minor_us, 60_000_000);
});
