// The rules of coding: what one operation does to the bouts of its stream. docs/coding-rules.md tells them in words.
// The same as model/rules.py; tests/cases/apply.json holds both to one behaviour. Nothing here changes a coding: a Draft lies
// over the bouts of one stream, takes what the rules do, and answers as if that were already so.
// @ts-check

import { Unlawful } from "./coding-operation.js";
import { splitId } from "./coding-split-id.js";

/**
 * @typedef {import("./protocol.js").Event} CodedEvent
 * @typedef {import("./protocol.js").Code} Code
 * @typedef {CodedEvent & {onset_us: number}} Bout
 * @typedef {{onset: number, id: string}} Place
 * @typedef {{events: Map<string, CodedEvent>, onsets: (stream: string, code: string) => Place[]}} Bouts
 */

/** What the rules ask about a stream. `rivals` of a code may not overlap with it: in an exclusive stream all other state codes,
 *  else the unscorable ones (and all others for an unscorable one). `conflicts` are these and the code itself. */
export class StreamRules {
  /** @param {import("./protocol.js").Stream} stream */
  constructor(stream) {
    this.id = stream.id;
    this.exhaustive = stream.exhaustive;
    this.codes = new Map(stream.codes.map((code) => [code.id, code]));
    const states = stream.codes.filter((code) => code.kind === "state");
    this.states = states.map((code) => code.id);
    const exclusive = stream.exclusive || stream.exhaustive;
    /** @type {Map<string, string[]>} */
    this.rivals = new Map();
    /** @type {Map<string, string[]>} */
    this.conflicts = new Map();
    for (const one of states) {
      const rivals = states.filter((two) => two !== one && (exclusive || one.unscorable || two.unscorable)).map(({ id }) => id);
      this.rivals.set(one.id, rivals);
      this.conflicts.set(one.id, [one.id, ...rivals]);
    }
  }

  /** @param {string} code @returns {string[]} */
  rivalsOf(code) {
    return this.rivals.get(code) ?? [];
  }

  /** @param {string} code @returns {string[]} */
  conflictsOf(code) {
    return this.conflicts.get(code) ?? [];
  }
}

/** A scheme prepared for the rules: its streams, modifiers and passes by id. */
export class SchemeRules {
  /** @param {import("./protocol.js").Scheme} scheme */
  constructor(scheme) {
    this.streams = new Map(scheme.streams.map((stream) => [stream.id, new StreamRules(stream)]));
    this.modifiers = new Map(scheme.modifiers.map((modifier) => [modifier.id, modifier]));
    this.passes = new Set(scheme.passes.map((pass) => pass.id));
  }
}

/** The index of the first place at or behind (onset, id). @param {Place[]} places @param {number} onset @param {string} id */
export function placeOf(places, onset, id) {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = places[middle];
    if (at.onset < onset || (at.onset === onset && at.id < id)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The offset of a bout, Infinity while it is open. @param {CodedEvent} bout @returns {number} */
export function endOf(bout) {
  return bout.offset_us ?? Infinity;
}

/** @param {Bout} one @param {Bout} two @returns {number} */
export function byPlace(one, two) {
  return one.onset_us - two.onset_us || (one.id < two.id ? -1 : 1);
}

/** The events of a coding with what one operation does to them; the bouts looked up are those of one stream. */
export class Draft {
  /** @type {Map<string, CodedEvent>} */
  put = new Map();
  /** @type {Set<string>} */
  dropped = new Set();
  #coding;

  /** @param {Bouts} coding @param {StreamRules} rules */
  constructor(coding, rules) {
    this.#coding = coding;
    this.rules = rules;
  }

  /** @param {CodedEvent} event */
  set(event) {
    this.put.set(event.id, event);
    this.dropped.delete(event.id);
  }

  /** @param {string} id */
  drop(id) {
    this.put.delete(id);
    this.dropped.add(id);
  }

  /** @param {string} id @returns {CodedEvent | undefined} */
  get(id) {
    return this.dropped.has(id) ? undefined : this.put.get(id) ?? this.#coding.events.get(id);
  }

  /** @param {string} id */
  #hidden(id) {
    return this.put.has(id) || this.dropped.has(id);
  }

  /** @param {string} id */
  #bout(id) {
    return /** @type {Bout} */ (this.#coding.events.get(id));
  }

  /** Bouts this operation has put. @param {string} code @returns {Bout[]} */
  #placed(code) {
    return /** @type {Bout[]} */ ([...this.put.values()].filter((bout) => bout.code === code));
  }

  /** The last undisturbed bout of `code` with an onset before `at`. @param {string} code @param {number} at */
  #before(code, at) {
    const places = this.#coding.onsets(this.rules.id, code);
    let i = placeOf(places, at, "") - 1;
    while (i >= 0 && this.#hidden(places[i].id)) i--;
    return i >= 0 ? this.#bout(places[i].id) : undefined;
  }

  /** The undisturbed bouts of `code` with an onset at `at` or later, in order. @param {string} code @param {number} at */
  *#from(code, at) {
    const places = this.#coding.onsets(this.rules.id, code);
    for (let i = placeOf(places, at, ""); i < places.length; i++) {
      if (!this.#hidden(places[i].id)) yield this.#bout(places[i].id);
    }
  }

  /** The bouts of `codes` that share time with [start, end), by onset and id. Bouts of one code never overlap.
   *  @param {string[]} codes @param {number} start @param {number} end @returns {Bout[]} */
  overlapping(codes, start, end) {
    /** @type {Bout[]} */
    const found = [];
    for (const code of codes) {
      const before = this.#before(code, start);
      if (before !== undefined && endOf(before) > start) found.push(before);
      for (const bout of this.#from(code, start)) {
        if (bout.onset_us >= end) break;
        found.push(bout);
      }
      found.push(...this.#placed(code).filter((bout) => bout.onset_us < end && endOf(bout) > start));
    }
    return found.sort(byPlace);
  }

  /** The bouts of `codes` that hold the instant `at`, by onset and id. @param {string[]} codes @param {number} at */
  covering(codes, at) {
    return this.overlapping(codes, at, at + 1);
  }

  /** A bout of `codes` that ends at `at`. @param {string[]} codes @param {number} at @returns {Bout | undefined} */
  ending(codes, at) {
    return at > 0 ? this.overlapping(codes, at - 1, at).find((bout) => endOf(bout) === at) : undefined;
  }

  /** A bout of `codes` that starts at `at`. @param {string[]} codes @param {number} at @returns {Bout | undefined} */
  starting(codes, at) {
    return this.covering(codes, at).find((bout) => bout.onset_us === at);
  }

  /** The first onset of `codes` later than `after`, Infinity where there is none. @param {string[]} codes @param {number} after */
  nextOnset(codes, after) {
    let found = Infinity;
    for (const code of codes) {
      const [first] = this.#from(code, after + 1);
      const onsets = this.#placed(code).map((bout) => bout.onset_us).filter((onset) => onset > after);
      found = Math.min(found, ...onsets, first === undefined ? Infinity : first.onset_us);
    }
    return found;
  }
}

/** The bout with its end at `end`, open where that is Infinity. @param {Bout} bout @param {number} end @returns {Bout} */
function until(bout, end) {
  return { ...bout, offset_us: end === Infinity ? null : end };
}

/** Ends the bout at `at`, and removes it where nothing would be left. @param {Draft} draft @param {Bout} bout @param {number} at */
function cut(draft, bout, at) {
  if (bout.onset_us < at) draft.set(until(bout, at));
  else draft.drop(bout.id);
}

/** A code key at the onset of `event`: the first of the rules (a) to (d) that fits. @param {Draft} draft @param {Bout} event */
export function press(draft, event) {
  const { rules } = draft;
  const at = event.onset_us;
  const [own] = draft.covering([event.code], at);
  if (own !== undefined) {
    if (!rules.exhaustive) cut(draft, own, at);
    return;
  }
  const rivals = draft.covering(rules.rivalsOf(event.code), at);
  const here = rivals.filter((bout) => bout.onset_us === at).sort((one, two) => (one.id < two.id ? -1 : 1));
  const around = rivals.filter((bout) => bout.onset_us < at);
  for (const bout of [...around, ...here.slice(1)]) cut(draft, bout, at);
  let [made, end] = [event, around.length > 0 ? Math.max(...around.map(endOf)) : Infinity];
  if (here.length > 0) [made, end] = [asCode(here[0], rules.codes.get(event.code)), endOf(here[0])];
  draft.set(until(made, Math.min(end, draft.nextOnset(rules.conflictsOf(event.code), at))));
}

/** The event as one of `code`, with those of its modifiers that the code takes.
 *  @template {import("./protocol.js").Event} E @param {E} event @param {Code | undefined} code @returns {E} */
export function asCode(event, code) {
  if (code === undefined) return event;
  const kept = Object.entries(event.modifiers).filter(([name]) => code.modifiers.includes(name));
  return { ...event, code: code.id, modifiers: Object.fromEntries(kept) };
}

/** A bout with both ends keeps them: what conflicts inside is removed, at an edge trimmed, around it split.
 *  @param {Draft} draft @param {Bout} event @param {string} operation_id */
export function place(draft, event, operation_id) {
  const [start, end] = [event.onset_us, endOf(event)];
  for (const bout of draft.overlapping(draft.rules.conflictsOf(event.code), start, end)) {
    const behind = endOf(bout) > end;
    if (behind && bout.onset_us < start) {
      const later = splitId(operation_id, bout.id);
      if (later === event.id || draft.get(later) !== undefined) {
        throw new Unlawful("id_taken", `The later part of event ${bout.id} would be ${later}, which exists. Use a new operation id.`);
      }
      draft.set({ ...bout, id: later, onset_us: end });
    }
    if (behind && bout.onset_us >= start) draft.set({ ...bout, onset_us: end });
    else cut(draft, bout, start);
  }
  draft.set(event);
}

/** A changed bout without offset: it runs to the next onset that conflicts, and cuts what holds its own.
 *  @param {Draft} draft @param {Bout} event */
export function runOn(draft, event) {
  const conflicts = draft.rules.conflictsOf(event.code);
  for (const bout of draft.covering(conflicts, event.onset_us)) cut(draft, bout, event.onset_us);
  draft.set(until(event, draft.nextOnset(conflicts, event.onset_us)));
}

/** Removes a bout. In an exhaustive stream the time it gives up goes to its neighbours; what `instead`, the bout as it is about
 *  to become, will hold is not given up. @param {Draft} draft @param {Bout} bout @param {Bout | null} instead */
export function takeOut(draft, bout, instead) {
  draft.drop(bout.id);
  if (!draft.rules.exhaustive) return;
  const [start, end] = [bout.onset_us, endOf(bout)];
  let pieces = [[start, end]];
  if (instead !== null) {
    const conflicts = draft.rules.conflictsOf(instead.code);
    const newEnd = instead.offset_us ?? draft.nextOnset(conflicts, instead.onset_us);
    pieces = [[start, Math.min(end, instead.onset_us)], [Math.max(start, newEnd), end]];
  }
  for (const [a, b] of pieces) if (a < b) give(draft, a, b);
}

/** Extends the earlier neighbour that touches [start, end) over it, else the later one.
 *  @param {Draft} draft @param {number} start @param {number} end */
function give(draft, start, end) {
  const earlier = draft.ending(draft.rules.states, start);
  const later = earlier === undefined && end < Infinity ? draft.starting(draft.rules.states, end) : undefined;
  if (earlier !== undefined) draft.set(until(earlier, end));
  else if (later !== undefined) draft.set({ ...later, onset_us: start });
}

/** In an exhaustive stream, touching bouts of one code become the earlier one, with its id and fields. @param {Draft} draft */
export function join(draft) {
  if (!draft.rules.exhaustive) return;
  for (const id of [...draft.put.keys()]) {
    let bout = /** @type {Bout | undefined} */ (draft.put.get(id));
    if (bout === undefined) continue;
    for (let earlier; (earlier = draft.ending([bout.code], bout.onset_us)); draft.set(bout)) {
      draft.drop(bout.id);
      bout = until(earlier, endOf(bout));
    }
    for (let later; (later = bout.offset_us === null ? undefined : draft.starting([bout.code], bout.offset_us)); draft.set(bout)) {
      draft.drop(later.id);
      bout = until(bout, endOf(later));
    }
  }
}
