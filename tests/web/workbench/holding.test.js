// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Holding } from "../../../coder_app/web/workbench/frontend/holding.js";

const held = () => {
  /** @type {[string, number, boolean][]} */
  const ended = [];
  return { ended, holding: new Holding({ end: ({ id, sure }, heard) => void ended.push([id, sure, heard]) }) };
};

test("a bout ends at the frame on which its key goes up", () => {
  const { ended, holding } = held();
  holding.begin("KeyK", "a", 10, "g");
  holding.still("KeyK", 14);
  holding.end("KeyK", 20);
  holding.end("KeyK", 30);
  assert.deepEqual(ended, [["a", 20, true]]);
});

test("a key that was not heard going up ends at the last frame on which it was surely down", () => {
  const { ended, holding } = held();
  holding.begin("KeyK", "a", 10, "g");
  holding.still("KeyK", 14);
  holding.begin("KeyK", "b", 50, "g");
  assert.deepEqual(ended, [["a", 14, false]]);
});

test("all keys end with the focus, each once", () => {
  const { ended, holding } = held();
  holding.begin("KeyK", "a", 10, "g");
  holding.begin("KeyF", "b", 12, "h");
  holding.endAll(15);
  holding.end("KeyK", 40);
  assert.deepEqual(ended, [["a", 15, false], ["b", 15, false]]);
  assert.equal(holding.has("KeyF"), false);
});

test("going back in the recording does not shorten what was surely down", () => {
  const { ended, holding } = held();
  holding.begin("KeyK", "a", 10, "g");
  holding.still("KeyK", 20);
  holding.end("KeyK", 12);
  assert.deepEqual(ended, [["a", 20, true]]);
});
