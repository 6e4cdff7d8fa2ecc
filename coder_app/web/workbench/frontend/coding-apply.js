// What an operation does to a coding, as changes. The same as `apply` in model/coding.py.
// @ts-check

import { checkOperation } from "./coding-check.js";
import { Unlawful, operationOf, sameEvent } from "./coding-operation.js";
import { Draft, asCode, join, place, press, runOn, takeOut } from "./coding-rules.js";
import { adding, within, without } from "./coding-spans.js";

/**
 * @typedef {import("./protocol.js").Event} CodedEvent
 * @typedef {import("./coding-operation.js").Operation} Operation
 * @typedef {import("./coding-rules.js").Bout} Bout
 * @typedef {import("./coding-spans.js").Part} Part
 * @typedef {import("./coding.js").Changes} Changes
 * @typedef {import("./coding.js").Coding} Coding
 * @typedef {import("./coding.js").Entry} Entry
 */

/** What an operation (as JSON) does to `coding`, which stays as it is. Throws `Unlawful` where the rules refuse it.
 *  @param {Coding} coding @param {unknown} given @returns {Changes} */
export function apply(coding, given) {
  const operation = operationOf(given);
  const { id, kind, group } = operation;
  checkOperation(coding.rules, coding.events, operation);
  if (kind === "undo" || kind === "redo") return move(coding, operation);
  if (kind === "cover" || kind === "uncover") return stretch(coding, operation);
  /** @type {CodedEvent} */
  const named = kind === "remove" ? coding.events.get(operation.event.id) : operation.event;
  const rules = coding.rules.streams.get(named.stream);
  if (rules === undefined) throw new Unlawful("unknown_stream", `The scheme has no stream ${named.stream}.`);
  const event = asCode(named, rules.codes.get(named.code));
  const draft = new Draft(coding, rules);
  if (event.kind === "state") codeState(draft, operation, /** @type {Bout} */ (event));
  else if (kind === "remove") draft.drop(event.id);
  else putTimeless(coding, draft, event);
  const own = kind === "remove" ? new Map() : ownTime(coding, draft);
  forgetLinks(coding, draft);
  const { put, removed } = outcome(coding, draft.put, draft.dropped);
  const touched = [...removed, ...put.map((one) => one.id)].sort();
  const before = new Map(touched.map((one) => [one, coding.events.get(one) ?? null]));
  return { put, removed, watched: new Map(), own, history: "push", entries: [{ op: id, group, before }] };
}

/** The bouts after an add, change or remove of a bout. @param {Draft} draft @param {Operation} operation @param {Bout} event */
function codeState(draft, operation, event) {
  const before = /** @type {Bout | undefined} */ (draft.get(event.id));
  if (operation.kind === "remove") takeOut(draft, event, null);
  else {
    if (before !== undefined) takeOut(draft, before, event);
    if (event.offset_us !== null) place(draft, event, operation.id);
    else if (before !== undefined) runOn(draft, event);
    else press(draft, event);
  }
  join(draft);
}

/** Points conflict with nothing; a rating replaces the one of its code and episode.
 *  @param {Coding} coding @param {Draft} draft @param {CodedEvent} event */
function putTimeless(coding, draft, event) {
  const replaced = event.kind === "rating" ? coding.rating(event.stream, event.code, event.episode) : undefined;
  if (replaced !== undefined) draft.drop(replaced.id);
  draft.set(event);
}

/** The own time of the stream with the closed bouts made or changed, as far as they were not watched; empty if it stays.
 *  @param {Coding} coding @param {Draft} draft @returns {Map<string, Part[]>} */
function ownTime(coding, draft) {
  const stream = draft.rules.id;
  if (draft.rules.exhaustive) return new Map();
  const old = coding.own.get(stream) ?? [];
  let parts = old;
  for (const event of draft.put.values()) {
    const { onset_us, offset_us } = event;
    if (onset_us === null || offset_us === null || sameEvent(coding.events.get(event.id), event)) continue;
    /** @type {Part[]} */
    let unwatched = [[onset_us, offset_us]];
    for (const [a, b] of within(coding.watched.get(stream) ?? [], onset_us, offset_us)) unwatched = without(unwatched, a, b);
    for (const [a, b] of unwatched) parts = adding(parts, a, b);
  }
  return parts === old ? new Map() : new Map([[stream, parts]]);
}

/** Links to events that cease to exist become null: not answered. @param {Coding} coding @param {Draft} draft */
function forgetLinks(coding, draft) {
  for (const gone of draft.dropped) {
    for (const source of coding.linksTo(gone)) {
      const current = draft.get(source.id);
      if (current !== undefined && current.link?.to === gone) draft.set({ ...current, link: null });
    }
  }
  for (const event of [...draft.put.values()]) {
    if (event.link !== null && event.link.to !== null && draft.dropped.has(event.link.to)) draft.set({ ...event, link: null });
  }
}

/** Events put and ids removed, by id, without those that end as they began.
 *  @param {Coding} coding @param {Map<string, CodedEvent>} put @param {Iterable<string>} dropped */
function outcome(coding, put, dropped) {
  const changed = [...put.values()].filter((event) => !sameEvent(coding.events.get(event.id), event));
  return {
    put: changed.sort((one, two) => (one.id < two.id ? -1 : 1)),
    removed: [...dropped].filter((id) => coding.events.has(id)).sort(),
  };
}

/** Undo or redo of the newest entry, together with the entries of its group that stand directly before it.
 *  @param {Coding} coding @param {Operation} operation @returns {Changes} */
function move(coding, { kind, undoes }) {
  const stack = kind === "undo" ? coding.done : coding.undone;
  const newest = stack.at(-1);
  if (newest === undefined || newest.op !== undoes) {
    throw new Unlawful("not_newest", `Operation ${undoes} is not the one to ${kind} now. Load the coding again.`);
  }
  let first = stack.length - 1;
  while (first > 0 && newest.group !== null && stack[first - 1].group === newest.group) first--;
  const run = stack.slice(first);
  if (kind === "undo") run.reverse();
  /** @type {Map<string, CodedEvent | null>} */
  const now = new Map();
  /** @type {Entry[]} */
  const entries = [];
  for (const entry of run) {
    const ids = [...entry.before.keys()];
    const held = (/** @type {string} */ id) => now.get(id) ?? (now.has(id) ? null : coding.events.get(id) ?? null);
    entries.push({ ...entry, before: new Map(ids.map((id) => [id, held(id)])) });
    for (const [id, event] of entry.before) now.set(id, event);
  }
  if (kind === "undo") entries.reverse();
  /** @type {Map<string, CodedEvent>} */
  const there = new Map();
  for (const [id, event] of now) if (event !== null) there.set(id, event);
  const { put, removed } = outcome(coding, there, [...now.keys()].filter((id) => !there.has(id)));
  return { put, removed, watched: new Map(), own: new Map(), history: kind === "undo" ? "undo" : "redo", entries };
}

/** Cover adds a stretch to what was watched; uncover takes it from what was watched and from own time.
 *  @param {Coding} coding @param {Operation} operation @returns {Changes} */
function stretch(coding, { kind, streams, from_us, to_us }) {
  /** @type {Map<string, Part[]>} */
  const watched = new Map();
  /** @type {Map<string, Part[]>} */
  const own = new Map();
  for (const stream of [...new Set(streams)].sort()) {
    const [oldWatched, oldOwn] = [coding.watched.get(stream) ?? [], coding.own.get(stream) ?? []];
    const cover = kind === "cover";
    const newWatched = cover ? adding(oldWatched, from_us, to_us) : without(oldWatched, from_us, to_us);
    const newOwn = cover ? oldOwn : without(oldOwn, from_us, to_us);
    if (newWatched !== oldWatched) watched.set(stream, newWatched);
    if (newOwn !== oldOwn) own.set(stream, newOwn);
  }
  return { put: [], removed: [], watched, own, history: null, entries: [] };
}

/** Changes as plain JSON. @param {Changes} changes */
export function changesJson({ put, removed, watched, own, history, entries }) {
  return {
    put,
    removed,
    watched: Object.fromEntries(watched),
    own: Object.fromEntries(own),
    history,
    entries: entries.map(({ op, group, before }) => ({ op, group, before: Object.fromEntries(before) })),
  };
}
