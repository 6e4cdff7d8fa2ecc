import assert from "node:assert/strict";
import test from "node:test";

import { fit, found } from "../../../coder_app/web/workbench/frontend/matching.js";

test("every typed word must occur; beginnings come first", () => {
  const names = ["To the frame on screen", "One frame forward", "Frame back", "Undo"];
  const same = (text) => text;
  assert.deepEqual(found("frame", names, same), ["Frame back", "To the frame on screen", "One frame forward"]);
  assert.deepEqual(found("fra for", names, same), ["One frame forward"]);
  assert.deepEqual(found("", names, same), names);
  assert.deepEqual(found("xyz", names, same), []);
  assert.ok(fit("epo", "Épo que") > 0);
});
