import assert from "node:assert/strict";
import test from "node:test";

import { COMMANDS } from "../../../coder_app/web/workbench/frontend/commands.js";
import { PRESETS } from "../../../coder_app/web/workbench/frontend/key-presets.js";
import { FIXED, KeyMap, asKept, changed, isOwn, keymap, refusal, reset } from "../../../coder_app/web/workbench/frontend/keymap.js";
import { chordOf, commandOf, hint, keyName } from "../../../coder_app/web/workbench/frontend/keys.js";

const press = (key, more = {}) => ({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
const codes = [{ key: "s", name: "Smile", where: "Infant face, pass 2" }];

for (const preset of PRESETS) {
  test(`${preset.name}: every command has a key, no key has two, none is a code's or refused`, () => {
    const map = new KeyMap({ preset: preset.id, changes: {} });
    const seen = new Map();
    for (const { id, name } of COMMANDS) {
      const keys = map.keysOf(id);
      assert.ok(keys.length > 0, `${name} has no key`);
      for (const key of keys) {
        assert.ok(!seen.has(key), `${key}: ${name} and ${seen.get(key)}`);
        seen.set(key, name);
        if (!FIXED.has(id)) assert.equal(refusal(key, id, map, codes), null, `${key} of ${name}`);
      }
    }
    for (const [id, keys] of Object.entries(preset.keys)) {
      assert.ok(COMMANDS.some((c) => c.id === id), `${id} is no command`);
      assert.deepEqual(map.keysOf(id), keys, `${id} lacks a key of its preset`);
    }
  });
}

test("own keys come before the preset's, and leave other commands", () => {
  const map = new KeyMap({ preset: "laptop", changes: { laptop: { toggle: ["F6"] }, numpad: { undo: ["F2"] } } });
  assert.deepEqual(map.keysOf("toggle"), ["F6"]);
  assert.equal(map.commandOf("F6")?.id, "toggle");
  assert.equal(map.commandOf("Space"), null);
  assert.ok(!map.keysOf("onsetHere").includes("F6"));
  assert.equal(map.commandOf("F2")?.id, "comment");
});

test("a map that was damaged does no harm", () => {
  for (const value of [null, 3, "x", {}, { preset: "none" }, { changes: 3 }, { changes: { laptop: { toggle: "F6", leave: ["x"], undo: [3, "s", "F5"] } } }]) {
    const map = new KeyMap(asKept(value));
    assert.deepEqual(map.keysOf("toggle"), ["Space"]);
    assert.equal(map.commandOf("Escape")?.id, "leave");
    assert.equal(map.commandOf("s"), null);
    assert.equal(map.commandOf("F5"), null);
    assert.ok(map.keysOf("undo").includes("Ctrl+z"));
  }
});

test("each preset keeps its own changes", () => {
  let kept = changed(asKept(null), "toggle", ["F6"]);
  kept = changed({ ...kept, preset: "numpad" }, "toggle", ["F7"]);
  assert.deepEqual(kept.changes, { laptop: { toggle: ["F6"] }, numpad: { toggle: ["F7"] } });
  assert.ok(isOwn(kept, "toggle"));
  assert.deepEqual(reset(kept).changes, { laptop: { toggle: ["F6"] } });
  assert.deepEqual(changed(kept, "toggle", null).changes.numpad, {});
});

test("refusals say why", () => {
  const map = new KeyMap();
  assert.match(refusal("s", "toggle", map, codes), /key of Smile \(Infant face, pass 2\)/);
  assert.match(refusal("q", "toggle", map, codes), /Letters and digits/);
  assert.match(refusal("r", "toggle", map, codes), /page below/);
  assert.match(refusal("ы", "toggle", map, codes, "s"), /Smile/);
  assert.match(refusal("F5", "toggle", map, codes), /loads the page again/);
  assert.match(refusal("Ctrl+w", "toggle", map, codes), /windows/);
  assert.match(refusal("Tab", "toggle", map, codes), /focus/);
  assert.match(refusal("F2", "toggle", map, codes), /Write a comment/);
  assert.match(refusal("F15", "leave", map, codes), /Esc always/);
  assert.equal(refusal("Space", "toggle", map, codes), null);
  assert.equal(refusal("F15", "toggle", map, codes), null);
});

test("the number pad is told by its place, and is itself only where a map says so", () => {
  const eight = press("8", { code: "Numpad8" });
  assert.equal(chordOf(eight), "Num8");
  assert.equal(chordOf(press("Shift")), null);
  assert.equal(commandOf(eight), null);
  assert.equal(commandOf(press("+", { code: "NumpadAdd" }))?.id, "faster");
  keymap.use({ preset: "numpad", changes: {} });
  assert.equal(commandOf(eight)?.id, "toggle");
  assert.equal(commandOf(press("ArrowUp", { code: "Numpad8" }))?.id, "toggle"); // NumLock off
  assert.equal(commandOf(press("8", { code: "Digit8" })), null);
  assert.match(hint("toggle"), /Num 8/);
  keymap.use(null);
  assert.equal(keyName("Ctrl+NumAdd"), "Ctrl Num +");
});
