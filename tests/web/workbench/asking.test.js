import assert from "node:assert/strict";
import test from "node:test";

import { answerOf, missing, typedRating, unanswered } from "../../../coder_app/web/workbench/frontend/asking.js";

const marked = { id: "marked", name: "Marked", hotkey: "m", short: "", required: false, values: [] };
const channel = { id: "channel", name: "Channel", hotkey: null, short: "", required: true,
  values: [{ id: "face", name: "Face", hotkey: "f" }, { id: "mixed", name: "Mixed", hotkey: "x" }] };
const code = { modifiers: ["marked", "channel"] };
const event = (modifiers) => ({ modifiers });

test("only modifiers without an answer are asked for", () => {
  assert.deepEqual(unanswered([marked, channel], code, event({})), [marked, channel]);
  assert.deepEqual(unanswered([marked, channel], code, event({ channel: "face" })), [marked]);
  assert.deepEqual(unanswered([marked, channel], code, event({ marked: false, channel: "face" })), []);
  assert.deepEqual(unanswered([marked, channel], { modifiers: [] }, event({})), []);
});

test("only required ones are missing", () => {
  assert.deepEqual(missing([marked, channel], code, event({})), [channel]);
  assert.deepEqual(missing([marked, channel], code, event({ channel: "mixed" })), []);
  assert.deepEqual(missing([marked, channel], undefined, event({})), []);
});

test("a key answers only what is still open", () => {
  assert.deepEqual(answerOf([marked, channel], "m"), { modifier: marked, value: true });
  assert.deepEqual(answerOf([marked, channel], "x"), { modifier: channel, value: "mixed" });
  assert.equal(answerOf([marked], "x"), null);
});

test("a rating is done when no further digit could make a value", () => {
  assert.deepEqual(typedRating({ min: 1, max: 9 }, "", "7"), { typed: "7", value: 7 });
  assert.deepEqual(typedRating({ min: 1, max: 10 }, "", "1"), { typed: "1", value: null });
  assert.deepEqual(typedRating({ min: 1, max: 10 }, "1", "0"), { typed: "10", value: 10 });
  assert.deepEqual(typedRating({ min: 1, max: 10 }, "1", "5"), { typed: "5", value: 5 });
  assert.deepEqual(typedRating({ min: 1, max: 5 }, "", "8"), { typed: "", value: null });
  assert.deepEqual(typedRating({ min: 0, max: 4 }, "", "0"), { typed: "0", value: 0 });
});
