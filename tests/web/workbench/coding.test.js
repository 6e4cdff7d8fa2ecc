// The shared cases of apply, worked out by hand: tests/cases/apply.json, which says how to read it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { Coding, Unlawful, apply } from "../../../coder_app/web/workbench/frontend/coding.js";
import { eventOf } from "../../../coder_app/web/workbench/frontend/coding-operation.js";
import { adding, holding, union, within, without } from "../../../coder_app/web/workbench/frontend/coding-spans.js";
import { splitId } from "../../../coder_app/web/workbench/frontend/coding-split-id.js";

const shared = JSON.parse(readFileSync(new URL("../../cases/apply.json", import.meta.url), "utf-8"));
const scheme = {
  ...shared.scheme,
  streams: shared.scheme.streams.map((stream) => ({
    ...stream,
    codes: stream.codes.map((code) => ({ ...shared.code_defaults, ...code })),
  })),
};

/** o12 as the UUID it stands for. */
const operationId = (name) => `00000000-0000-7000-8000-${name.slice(1).padStart(12, "0")}`;

/** o1/s1 as the id of the later part of s1 split by o1; any other id as it is. */
function eventId(name) {
  const [operation, event] = name.split("/");
  return event === undefined ? name : splitId(operationId(operation), event);
}

/** The event that a line such as "s1 face.smile 0 -" tells, with the other fields beside it. */
function eventJson(told) {
  const { is, ...fields } = typeof told === "string" ? { is: told } : told;
  const [name, place, ...times] = is.split(" ");
  const [stream, code] = place.split(".");
  const { kind } = scheme.streams.find((one) => one.id === stream).codes.find((one) => one.id === code);
  const data = { id: eventId(name), kind, stream, code };
  if (kind === "rating") {
    const [value, episode] = times[0].slice(1).split("@");
    return { ...data, value: Number(value), episode: episode ?? null, ...fields };
  }
  const [onset, offset = "-"] = times;
  return { ...data, onset_us: Number(onset), offset_us: offset === "-" ? null : Number(offset), ...fields };
}

/** The operation of step `number`, counted from 1. */
function operationJson(step, number) {
  const base = { id: operationId(`o${number}`), made_at: "2026-11-22T10:15:02.123Z", group: step.group ?? null };
  const kind = ["add", "change", "remove", "undo", "redo", "cover", "uncover", "raw"].find((one) => one in step);
  const told = step[kind];
  if (kind === "raw") return { ...base, ...told };
  if (kind === "add" || kind === "change") return { ...base, kind, event: eventJson(told) };
  if (kind === "remove") return { ...base, kind, event: { id: eventId(told) } };
  if (kind === "undo" || kind === "redo") return { ...base, kind, undoes: operationId(told) };
  const [pass, streams, from, to] = told.split(" ");
  return { ...base, kind, pass, streams: streams.split(","), from_us: Number(from), to_us: Number(to) };
}

const eventsOf = (told) => new Map(told.map((one) => eventOf(eventJson(one))).map((event) => [event.id, event]));

const held = (spans) => Object.fromEntries([...spans].filter(([, parts]) => parts.length > 0));

function play(case_) {
  const given = eventsOf(case_.given ?? []);
  const coding = Coding.restore(scheme, given.values(), case_.watched ?? {}, case_.own ?? {});
  case_.do.forEach((step, i) => {
    const operation = operationJson(step, i + 1);
    const before = structuredClone(coding.stateJson());
    if (step.refused) {
      assert.throws(() => apply(coding, operation), (error) => error instanceof Unlawful && error.code === step.refused);
      return;
    }
    const changes = apply(coding, operation);
    assert.deepEqual(coding.stateJson(), before, "apply changed the coding");
    coding.take(changes);
  });
  return { coding, given };
}

for (const case_ of shared.cases) {
  test(case_.name, () => {
    const { coding, given } = play(case_);
    assert.deepEqual(coding.events, case_.then ? eventsOf(case_.then) : given);
    if (case_.watched_then) assert.deepEqual(held(coding.watched), case_.watched_then);
    if (case_.own_then) assert.deepEqual(held(coding.own), case_.own_then);
    for (const [stream, parts] of Object.entries(case_.span ?? {})) assert.deepEqual(coding.span(stream), parts);
    for (const [id, end] of Object.entries(case_.reach ?? {})) assert.equal(coding.reachUs(coding.events.get(id)), end);
    for (const name of ["undoable", "redoable"]) {
      if (name in case_) assert.equal(coding[name], case_[name] && operationId(case_[name]));
    }
    if (case_.before) {
      const expected = Object.entries(case_.before).map(([id, told]) => [eventId(id), told && eventOf(eventJson(told))]);
      assert.deepEqual(coding.done.at(-1).before, new Map(expected));
    }
  });
}

test("a split id is the UUIDv5 of RFC 9562, appendix A.4", () => {
  assert.equal(splitId("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
});

test("a copy is equal and independent, and keeps its history", () => {
  const { coding } = play({ do: [{ add: "g1 gaze.partner 0 20" }, { add: "g2 gaze.object 5 10" }, { undo: "o2" }] });
  const copy = coding.copy();
  assert.deepEqual(copy.stateJson(), coding.stateJson());
  copy.take(apply(copy, operationJson({ redo: "o2" }, 4)));
  assert.equal(copy.events.size, 3);
  assert.equal(coding.events.size, 1);
});

test("a state goes through JSON text and back", () => {
  const { coding } = play({ do: [{ add: "g1 gaze.partner 0 20" }, { add: "r1 care.overall =3" }, { add: "c1 sounds.coo 4" }, { undo: "o3" }] });
  const { events, watched, own, done, undone } = JSON.parse(JSON.stringify(coding.stateJson()));
  assert.deepEqual(Coding.restore(scheme, events, watched, own, done, undone).stateJson(), coding.stateJson());
});

test("within finds the bouts and points that a window shows", () => {
  const told = ["g1 gaze.partner 0 10", "g2 gaze.object 10 20", "x1 gaze.shift 10", "x2 gaze.shift 20", "g3 gaze.partner 30 -"];
  const coding = Coding.restore(scheme, eventsOf(told).values(), {}, {});
  const shown = (from, to) => coding.within("gaze", from, to).map((event) => event.id);
  assert.deepEqual(shown(10, 20), ["g2", "x1"]);
  assert.deepEqual(shown(9, 21), ["g1", "g2", "x1", "x2"]);
  assert.deepEqual(shown(40, 50), ["g3"]);
  assert.deepEqual(coding.bouts("gaze").map((event) => event.id), ["g1", "g2", "g3"]);
  assert.deepEqual(coding.points("gaze").map((event) => event.id), ["x1", "x2"]);
});

test("spans: adding, without, within and holding on every stretch of a small clock equal sets of instants", () => {
  const instants = (parts) => parts.flatMap(([a, b]) => Array.from({ length: b - a }, (_, i) => a + i));
  const sets = [[], [[2, 4]], [[0, 3], [5, 6], [8, 9]]];
  for (const parts of sets) {
    for (let from = 0; from <= 10; from++) {
      const part = holding(parts, from);
      assert.equal(part !== undefined, instants(parts).includes(from));
      for (let to = from; to <= 10; to++) {
        const stretch = instants([[from, to]]);
        const expected = [...new Set([...instants(parts), ...stretch])].sort((a, b) => a - b);
        assert.deepEqual(instants(adding(parts, from, to)), expected);
        assert.deepEqual(adding(parts, from, to), union([...parts, [from, to]]));
        assert.deepEqual(instants(without(parts, from, to)), instants(parts).filter((t) => !stretch.includes(t)));
        assert.deepEqual(instants(within(parts, from, to)), instants(parts).filter((t) => stretch.includes(t)));
      }
    }
  }
});
