import assert from "node:assert/strict";
import test from "node:test";

import { newId, now } from "../../../coder_app/web/workbench/frontend/ids.js";

test("ids are UUIDs of version 7 with the time in front", () => {
  const id = newId();
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const ms = parseInt(id.replaceAll("-", "").slice(0, 12), 16);
  assert.ok(Math.abs(ms - Date.now()) < 5_000);
});

test("ids of one page sort as they were made, and none comes twice", () => {
  const ids = Array.from({ length: 20_000 }, newId);
  assert.deepEqual(ids, [...ids].sort());
  assert.equal(new Set(ids).size, ids.length);
});

test("instants are UTC with milliseconds", () => assert.match(now(), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
