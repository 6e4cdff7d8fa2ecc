import assert from "node:assert/strict";
import test from "node:test";

import { contrast, luminance, paint, paints, rgb, shaded } from "../../../coder_app/web/workbench/frontend/palette.js";

const ACTORS = ["infant", "caregiver", "dyad", "session"];

test("text on every colour reaches WCAG AA", () => {
  for (const dark of [false, true]) {
    for (const actor of ACTORS) {
      for (let place = 0; place < 12; place++) {
        const { fill, ink } = paint(actor, place, dark);
        assert.ok(contrast(fill, ink) >= 4.5, `${actor} ${place} ${fill}`);
      }
    }
  }
});

test("codes of one stream differ in colour or pattern", () => {
  for (const actor of ACTORS) {
    const signs = Array.from({ length: 16 }, (_, n) => paint(actor, n, false)).map(({ fill, pattern }) => `${fill} ${pattern}`);
    assert.equal(new Set(signs).size, 16);
  }
});

test("unscorable codes are hatched and take no colour from the others", () => {
  const codes = [{ id: "a", unscorable: false }, { id: "u", unscorable: true }, { id: "b", unscorable: false }];
  const found = paints([{ id: "s", actor: "infant", codes }], false);
  assert.equal(found.get("s.u").pattern, "hatch");
  assert.equal(found.get("s.b").fill, paint("infant", 1, false).fill);
});

test("colour arithmetic", () => {
  assert.deepEqual(rgb("#0a10ff"), [10, 16, 255]);
  assert.equal(shaded("#6496c8", 0.5), "#324b64");
  assert.equal(luminance("#ffffff"), 1);
  assert.equal(Math.round(contrast("#000000", "#ffffff")), 21); // WCAG 2: the greatest ratio
});
