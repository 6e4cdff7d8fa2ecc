import assert from "node:assert/strict";
import test from "node:test";

import { BY_ONSET, NO_FILTER, rowAt, rowsOf, typedTime } from "../../../coder_app/web/workbench/frontend/table-rows.js";

const event = (id, code, onset_us, offset_us, more = {}) => ({ id, kind: "state", stream: "face", code, onset_us, offset_us, comment: "", unsure: false, late_us: 0, ...more });
const all = [event("a", "smile", 0, 9), event("b", "neutral", 9, 11, { comment: "Turns away", unsure: true }), event("c", "smile", 11, 40, { stream: "other" })];
const names = { nameOf: (e) => e.code, endOf: (e) => e.offset_us, missing: (e) => (e.id === "c" ? [1] : []) };
const ids = (filter, order = {}) => rowsOf(all, { ...NO_FILTER, ...filter }, { ...BY_ONSET, ...order }, names).map((e) => e.id).join("");

test("without a filter the rows are the events themselves", () => assert.equal(rowsOf(all, NO_FILTER, BY_ONSET, names), all));

test("filters by stream, code, text and mark, together", () => {
  assert.deepEqual([ids({ stream: "face" }), ids({ code: "face.smile" }), ids({ text: " AWAY" }), ids({ text: "smi" })], ["ab", "a", "b", "ac"]);
  assert.deepEqual(["unsure", "comment", "missing", "open", "late"].map((flag) => ids({ flag })), ["b", "b", "c", "", ""]);
  assert.equal(ids({ stream: "face", text: "smile" }), "a");
});

test("sorts by any column, both ways, equal ones by onset", () => {
  assert.equal(ids({}, { down: true }), "cba");
  assert.equal(ids({}, { column: "length" }), "bac");
  assert.equal(ids({}, { column: "code" }), "bac");
  assert.equal(ids({}, { column: "code", down: true }), "acb");
  assert.equal(ids({}, { column: "comment" }), "bac");
  assert.equal(ids({}, { column: "offset", down: true }), "cba");
});

test("the playhead has reached the last row that begins at it or before", () => {
  assert.deepEqual([0, 8, 9, 100].map((t) => rowAt(all, t, false)), [0, 0, 1, 2]);
  assert.deepEqual([0, 9, 100].map((t) => rowAt([...all].reverse(), t, true)), [2, 1, 0]);
});

test("times are typed in several ways, also as frames", () => {
  const table = { length: 100, end_us: 4_000_000, timeOf: (n) => n * 40_000 };
  assert.deepEqual(["1.5", "0:01.5", "0:00:01,5 s", "f10", "10f", "f100", "f101", "4", "4.1", "x"].map((t) => typedTime(t, table)),
    [1_500_000, 1_500_000, 1_500_000, 400_000, 400_000, 4_000_000, null, 4_000_000, null, null]);
});

test("50,000 events are filtered and sorted in well under a second", () => {
  const many = Array.from({ length: 50_000 }, (_, n) => event(`e${n}`, n % 3 ? "smile" : "neutral", n, n + (n % 7)));
  const began = performance.now();
  assert.equal(rowsOf(many, { ...NO_FILTER, text: "smile" }, { column: "length", down: true }, names).length, 33_333);
  assert.ok(performance.now() - began < 1000);
});
