import assert from "node:assert/strict";
import test from "node:test";

import { COMMANDS } from "../../../coder_app/web/workbench/frontend/commands.js";
import { chord, codeKey, commandOf, keyName } from "../../../coder_app/web/workbench/frontend/keys.js";

const press = (key, more = {}) => ({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("no key has two commands, and none is a letter or digit", () => {
  const keys = COMMANDS.flatMap((c) => c.keys);
  assert.equal(new Set(keys).size, keys.length);
  for (const key of keys) assert.ok(!/^[a-z0-9]$/i.test(key), `${key} belongs to the codes`);
});

test("the keys of the contract do what it says", () => {
  const told = { " ": "toggle", ArrowRight: "frameForward", ArrowLeft: "frameBack", Home: "start", End: "end", "-": "slower", "=": "faster" };
  for (const [key, id] of Object.entries(told)) assert.equal(commandOf(press(key))?.id, id);
  assert.equal(commandOf(press("ArrowRight", { shiftKey: true }))?.id, "secondForward");
  assert.equal(commandOf(press("z", { ctrlKey: true }))?.id, "undo");
  assert.equal(commandOf(press("Z", { ctrlKey: true, shiftKey: true }))?.id, "redo");
  assert.equal(commandOf(press("z", { metaKey: true }))?.id, "undo");
  assert.equal(commandOf(press("y", { ctrlKey: true }))?.id, "redo");
  assert.equal(commandOf(press("?", { shiftKey: true }))?.id, "help");
});

test("signs mean their key with and without shift", () => {
  assert.equal(commandOf(press("+", { shiftKey: true }))?.id, "faster");
  assert.equal(commandOf(press("_", { shiftKey: true }))?.id, "slower");
  const altGr = { ctrlKey: true, altKey: true, getModifierState: (name) => name === "AltGraph" };
  assert.equal(commandOf(press("[", altGr))?.id, "previousEvent"); // AltGr+8 on a German keyboard
});

test("letters and digits are codes; with Ctrl, Meta or Alt they are not", () => {
  assert.equal(codeKey(press("s")), "s");
  assert.equal(codeKey(press("S", { shiftKey: true })), "s");
  assert.equal(codeKey(press("7")), "7");
  for (const held of ["ctrlKey", "metaKey", "altKey"]) assert.equal(codeKey(press("s", { [held]: true })), null);
  assert.equal(codeKey(press("Enter")), null);
  assert.equal(codeKey(press(",")), null);
});

test("a keyboard of another script gives the letter of the place", () => {
  assert.equal(codeKey(press("ы", { code: "KeyS" })), "s");
  assert.equal(codeKey(press("ö", { code: "Semicolon" })), null);
});

test("chords and names", () => {
  assert.equal(chord(press("ArrowLeft", { ctrlKey: true, shiftKey: true })), "Ctrl+Shift+ArrowLeft");
  assert.equal(keyName("Ctrl+Shift+ArrowLeft"), "Ctrl Shift ←");
  assert.equal(keyName("Ctrl+z"), "Ctrl Z");
});
