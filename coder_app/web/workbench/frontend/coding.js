// A coding as it stands, and the one function that says what an operation does to it. Rules: docs/coding-rules.md. `apply` only
// reads; `Coding.take` makes its answer true. The server has the same in model/coding.py. Times are whole microseconds.
// @ts-check

import { eventOf } from "./coding-operation.js";
import { SchemeRules, byPlace, endOf, placeOf } from "./coding-rules.js";
import { holding, union } from "./coding-spans.js";

export { apply, changesJson } from "./coding-apply.js";
export { Unlawful } from "./coding-operation.js";

/**
 * @typedef {import("./protocol.js").Event} CodedEvent
 * @typedef {import("./protocol.js").Scheme} Scheme
 * @typedef {import("./coding-rules.js").Bout} Bout
 * @typedef {import("./coding-rules.js").Place} Place
 * @typedef {import("./coding-spans.js").Part} Part
 * @typedef {{op: string, group: string | null, before: Map<string, CodedEvent | null>}} Entry
 * @typedef {{op: string, group: string | null, before: Record<string, CodedEvent | null>}} EntryJson
 * @typedef {{put: CodedEvent[], removed: string[], watched: Map<string, Part[]>, own: Map<string, Part[]>,
 *   history: "push" | "undo" | "redo" | null, entries: Entry[]}} Changes
 */

/** @param {EntryJson} data @returns {Entry} */
function entryOf({ op, group, before }) {
  return { op, group, before: new Map(Object.entries(before).map(([id, event]) => [id, event && eventOf(event)])) };
}

/** @param {Entry} entry @returns {EntryJson} */
function entryJson({ op, group, before }) {
  return { op, group, before: Object.fromEntries(before) };
}

/** The events, spans and undo history of one coding, indexed so that an operation costs a few lookups. Change it through `take`
 *  only. `watched` and `own` have parts for every stream of the scheme. */
export class Coding {
  /** @type {Map<string, CodedEvent>} */
  events = new Map();
  /** @type {Entry[]} */
  done = [];
  /** @type {Entry[]} */
  undone = [];
  /** The bouts and points of each code as sorted places, by stream and code. @type {Map<string, Map<string, Place[]>>} */
  #places;
  /** Ids of the open bouts by stream. @type {Map<string, Set<string>>} */
  #open;
  /** @type {Map<string, string>} */
  #ratings = new Map();
  /** Ids of the events that link to an event. @type {Map<string, Set<string>>} */
  #sources = new Map();

  /** @param {Scheme} scheme */
  constructor(scheme) {
    this.scheme = scheme;
    this.rules = new SchemeRules(scheme);
    const streams = [...this.rules.streams.values()];
    /** @type {Map<string, Part[]>} */
    this.watched = new Map(streams.map(({ id }) => [id, []]));
    /** @type {Map<string, Part[]>} */
    this.own = new Map(streams.map(({ id }) => [id, []]));
    this.#open = new Map(streams.map(({ id }) => [id, new Set()]));
    this.#places = new Map(streams.map(({ id, codes }) => [id, new Map([...codes.keys()].map((code) => [code, []]))]));
  }

  /**
   * A coding as the server keeps it. @param {Scheme} scheme @param {Iterable<any>} events @param {Record<string, Part[]>} watched
   * @param {Record<string, Part[]>} own @param {EntryJson[]} [done] @param {EntryJson[]} [undone] @returns {Coding}
   */
  static restore(scheme, events, watched, own, done = [], undone = []) {
    const coding = new Coding(scheme);
    for (const data of events) {
      const event = eventOf(data);
      coding.#list(event);
      if (event.onset_us !== null) coding.onsets(event.stream, event.code).push({ onset: event.onset_us, id: event.id });
    }
    for (const codes of coding.#places.values()) for (const places of codes.values()) places.sort(comparePlaces);
    for (const [stream, parts] of Object.entries(watched)) coding.watched.set(stream, union(parts));
    for (const [stream, parts] of Object.entries(own)) coding.own.set(stream, union(parts));
    coding.done = done.map(entryOf);
    coding.undone = undone.map(entryOf);
    return coding;
  }

  /** An independent coding in the same state. @returns {Coding} */
  copy() {
    const [watched, own] = [Object.fromEntries(this.watched), Object.fromEntries(this.own)];
    return Coding.restore(this.scheme, this.events.values(), watched, own, this.done.map(entryJson), this.undone.map(entryJson));
  }

  /** The bouts or points of a code, sorted. Do not change the array. @param {string} stream @param {string} code @returns {Place[]} */
  onsets(stream, code) {
    return this.#places.get(stream)?.get(code) ?? [];
  }

  /** The bouts (states) of a stream by onset and id. @param {string} stream @returns {Bout[]} */
  bouts(stream) {
    return this.#sorted(stream, "state");
  }

  /** The points of a stream by onset and id. @param {string} stream @returns {Bout[]} */
  points(stream) {
    return this.#sorted(stream, "point");
  }

  /** The open bouts of a stream. @param {string} stream @returns {CodedEvent[]} */
  running(stream) {
    return [...(this.#open.get(stream) ?? [])].map((id) => this.#event(id));
  }

  /** The ratings of a stream by code and episode, the whole observation first. @param {string} stream @returns {CodedEvent[]} */
  ratings(stream) {
    const ratings = [...this.#ratings.values()].map((id) => this.#event(id)).filter((event) => event.stream === stream);
    return ratings.sort((a, b) => compare(a.code, b.code) || compare(a.episode ?? "", b.episode ?? ""));
  }

  /** Bouts that share time with [from_us, to_us), and points in it, by onset and id. @param {string} stream @param {number} from_us
   *  @param {number} to_us @returns {Bout[]} */
  within(stream, from_us, to_us) {
    const found = [];
    for (const places of this.#places.get(stream)?.values() ?? []) {
      let i = placeOf(places, from_us, "");
      const before = i > 0 ? this.#event(places[i - 1].id) : null;
      if (before !== null && before.kind === "state" && endOf(before) > from_us) i--;
      for (; i < places.length && places[i].onset < to_us; i++) found.push(/** @type {Bout} */ (this.#event(places[i].id)));
    }
    return found.sort(byPlace);
  }

  /** @param {string} stream @param {string} kind @returns {Bout[]} */
  #sorted(stream, kind) {
    const codes = [...(this.rules.streams.get(stream)?.codes.values() ?? [])].filter((code) => code.kind === kind);
    const places = codes.flatMap((code) => this.onsets(stream, code.id)).sort(comparePlaces);
    return /** @type {Bout[]} */ (places.map(({ id }) => this.#event(id)));
  }

  /** @param {string} id @returns {CodedEvent} */
  #event(id) {
    return /** @type {CodedEvent} */ (this.events.get(id));
  }

  /** The events whose link names `id`, by id. @param {string} id @returns {CodedEvent[]} */
  linksTo(id) {
    return [...(this.#sources.get(id) ?? [])].sort(compare).map((source) => this.#event(source));
  }

  /** The rating of a code for an episode (null: the whole observation). @param {string} stream @param {string} code
   *  @param {string | null} [episode] @returns {CodedEvent | undefined} */
  rating(stream, code, episode = null) {
    const found = this.#ratings.get(ratingKey(stream, code, episode));
    return found === undefined ? undefined : this.#event(found);
  }

  /** The end of a bout: its offset; of an open one the end of the watched part that holds its onset, else its onset.
   *  @param {CodedEvent} event @returns {number} */
  reachUs(event) {
    if (event.offset_us !== null) return event.offset_us;
    const onset = event.onset_us ?? 0;
    return holding(this.watched.get(event.stream) ?? [], onset)?.[1] ?? onset;
  }

  /** The coded span: of an exhaustive stream the union of its bouts, of any other what was watched or coded.
   *  @param {string} stream @returns {Part[]} */
  span(stream) {
    if (this.rules.streams.get(stream)?.exhaustive) {
      return union(this.bouts(stream).map((bout) => [bout.onset_us, this.reachUs(bout)]));
    }
    const running = [...(this.#open.get(stream) ?? [])].map((id) => /** @type {Bout} */ (this.#event(id)));
    /** @type {Part[]} */
    const reaches = running.map((bout) => [bout.onset_us, this.reachUs(bout)]);
    return union([...(this.watched.get(stream) ?? []), ...(this.own.get(stream) ?? []), ...reaches]);
  }

  /** The operation that an undo has to name, null where there is nothing to undo. @returns {string | null} */
  get undoable() {
    return this.done.at(-1)?.op ?? null;
  }

  /** The operation that a redo has to name, null where there is nothing to redo. @returns {string | null} */
  get redoable() {
    return this.undone.at(-1)?.op ?? null;
  }

  /** Makes true what `apply` answered for this very state. @param {Changes} changes */
  take({ put, removed, watched, own, history, entries }) {
    for (const id of removed) this.#unlist(this.#event(id));
    for (const { id } of put) if (this.events.has(id)) this.#unlist(this.#event(id));
    for (const event of put) {
      this.#list(event);
      if (event.onset_us === null) continue;
      const places = this.onsets(event.stream, event.code);
      places.splice(placeOf(places, event.onset_us, event.id), 0, { onset: event.onset_us, id: event.id });
    }
    for (const [stream, parts] of watched) this.watched.set(stream, parts);
    for (const [stream, parts] of own) this.own.set(stream, parts);
    if (history === "undo") this.done.length -= entries.length;
    if (history === "redo") this.undone.length -= entries.length;
    if (history === "push") this.undone = [];
    (history === "undo" ? this.undone : this.done).push(...entries);
  }

  /** @param {CodedEvent} event */
  #list(event) {
    this.events.set(event.id, event);
    if (event.kind === "state" && event.offset_us === null) this.#open.get(event.stream)?.add(event.id);
    if (event.kind === "rating") this.#ratings.set(ratingKey(event.stream, event.code, event.episode), event.id);
    const to = event.link?.to ?? null;
    if (to === null) return;
    const sources = this.#sources.get(to) ?? new Set();
    this.#sources.set(to, sources.add(event.id));
  }

  /** @param {CodedEvent} event */
  #unlist(event) {
    this.events.delete(event.id);
    this.#open.get(event.stream)?.delete(event.id);
    if (event.onset_us === null) this.#ratings.delete(ratingKey(event.stream, event.code, event.episode));
    else {
      const places = this.onsets(event.stream, event.code);
      places.splice(placeOf(places, event.onset_us, event.id), 1);
    }
    const to = event.link?.to ?? null;
    if (to === null) return;
    const sources = this.#sources.get(to);
    sources?.delete(event.id);
    if (sources?.size === 0) this.#sources.delete(to);
  }

  /** The whole state as JSON, in one order for equal states: what the parity tests compare. */
  stateJson() {
    const streams = [...this.watched.keys()].sort(compare);
    const held = (/** @type {(stream: string) => Part[] | undefined} */ of) =>
      Object.fromEntries(streams.map((stream) => [stream, of(stream) ?? []]).filter(([, parts]) => parts.length > 0));
    return {
      events: [...this.events.keys()].sort(compare).map((id) => this.#event(id)),
      watched: held((stream) => this.watched.get(stream)),
      own: held((stream) => this.own.get(stream)),
      span: held((stream) => this.span(stream)),
      done: this.done.map(entryJson),
      undone: this.undone.map(entryJson),
    };
  }
}

/** @param {string} one @param {string} two @returns {number} */
function compare(one, two) {
  return one < two ? -1 : one > two ? 1 : 0;
}

/** @param {Place} one @param {Place} two @returns {number} */
function comparePlaces(one, two) {
  return one.onset - two.onset || compare(one.id, two.id);
}

/** @param {string} stream @param {string} code @param {string | null | undefined} episode @returns {string} */
function ratingKey(stream, code, episode) {
  return JSON.stringify([stream, code, episode ?? null]);
}
