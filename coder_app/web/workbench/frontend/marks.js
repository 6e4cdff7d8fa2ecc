// What a coder does to events: code keys, recoding, moving edges, comments. Turns gestures into operations of the session.
// @ts-check

import { newId } from "./ids.js";
import { duration, shortTime, timecode } from "./time-label.js";

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./protocol.js").Code} Code */
/** @typedef {import("./protocol.js").Stream} Stream */
/** @typedef {{stream: Stream, code: Code}} Meaning */
/** Without an end: from there on. @typedef {[number, number | null]} Stretch */

export class Marks {
  /** Operations made while one key is held share it and are undone together. */
  #gesture = newId();

  /** @param {{session: import("./session.js").Session, table: () => import("./frame-table.js").FrameTable, say: (text: string) => void}} parts */
  constructor({ session, table, say }) {
    this.session = session;
    this.table = table;
    this.say = say;
  }

  /** @param {string} id @returns {Event | undefined} */
  get(id) {
    return this.session.coding?.events.get(id);
  }

  /**
   * A code key at a frame. Returns the event it made or changed, or null when it ended, removed or left as it was.
   * @param {Meaning} meaning @param {import("./reaction.js").Meant} meant @param {number} late_us @param {string | null} [group] @returns {Event | null}
   */
  code({ stream, code }, { frame, seen_us }, late_us, group = null) {
    const onset_us = this.table().timeOf(frame);
    const event = {
      id: newId(), kind: code.kind, stream: stream.id, code: code.id, onset_us, offset_us: null, modifiers: {}, comment: "",
      unsure: false, link: null, late_us,
    };
    const changes = this.session.perform("add", { event, ...seen(seen_us) }, group);
    if (changes === null) return null;
    const made = this.get(event.id) ?? changes.put.find((e) => e.code === code.id && e.onset_us === onset_us) ?? null;
    const taken = seen_us === null ? "" : `, ${duration(seen_us - onset_us)} taken off`;
    this.say(`${outcome(code, made, changes)} ${shortTime(onset_us)}, frame ${frame}${taken}`);
    return made;
  }

  /**
   * The key of a bout is up: it ends at the last frame on which it was down, one frame after its onset at the least, never later
   * than it ends already. @param {string} id @param {import("./reaction.js").Meant} meant @param {string} group
   */
  endHeld(id, { frame, seen_us }, group) {
    const event = this.get(id);
    if (!event || event.onset_us === null) return;
    const offset_us = this.#timeOf(Math.max(frame, this.#frameOf(event.onset_us) + 1));
    if (offset_us <= event.onset_us || (event.offset_us !== null && event.offset_us <= offset_us)) return;
    if (this.session.perform("change", { event: { ...event, offset_us }, ...seen(seen_us) }, group)) this.say(`Ends at ${shortTime(offset_us)}`);
  }

  /** @param {Meaning} meaning @param {number} value @param {string | null} episode */
  rate({ stream, code }, value, episode) {
    const event = {
      id: newId(), kind: "rating", stream: stream.id, code: code.id, onset_us: null, offset_us: null, modifiers: {}, comment: "",
      unsure: false, link: null, late_us: 0, value, episode, evidence_us: [],
    };
    if (this.session.perform("add", { event })) this.say(`${code.name}: ${value}`);
    return this.get(event.id) ?? null;
  }

  /** @param {Event} event @param {Partial<Event>} fields @param {string} told @param {string | null} [group] */
  change(event, fields, told, group = null) {
    const done = this.session.perform("change", { event: { ...event, ...fields } }, group);
    if (done) this.say(told);
    return done !== null;
  }

  /** @param {Event} event @param {Code} code @param {string | null} [group] */
  recode(event, code, group = null) {
    const kept = Object.fromEntries(Object.entries(event.modifiers).filter(([id]) => code.modifiers.includes(id)));
    return this.change(event, { code: code.id, modifiers: kept }, `Recoded as ${code.name}`, group);
  }

  /** @param {Event} event @param {import("./protocol.js").Modifier} modifier @param {boolean | string | null} value */
  modify(event, modifier, value) {
    const others = Object.entries(event.modifiers).filter(([id]) => id !== modifier.id);
    const modifiers = Object.fromEntries(value === null ? others : [...others, [modifier.id, value]]);
    const named = modifier.values.find((v) => v.id === value)?.name ?? (value === true ? "yes" : value === false ? "no" : "not answered");
    return this.change(event, { modifiers }, `${modifier.name}: ${named}`);
  }

  /**
   * Gives every stream its unscorable code with the reason as comment, as one gesture. Returns in how many.
   * @param {Stream[]} streams @param {Stretch[]} parts @param {string} comment
   */
  uncodable(streams, parts, comment) {
    const group = newId();
    let count = 0;
    for (const stream of streams) {
      const code = stream.codes.find((c) => c.unscorable && c.kind === "state");
      if (code && parts.filter((part) => this.#unscorable(stream, code, part, comment, group)).length > 0) count++;
    }
    return count;
  }

  /** @param {Stream} stream @param {Code} code @param {Stretch} part @param {string} comment @param {string} group @returns {boolean} whether that was to do */
  #unscorable(stream, code, [onset_us, offset_us], comment, group) {
    const covering = this.session.coding.within(stream.id, onset_us, onset_us + 1).find((/** @type {Event} */ e) => e.code === code.id);
    if (offset_us === null && covering) return false;
    const event = {
      id: newId(), kind: "state", stream: stream.id, code: code.id, onset_us, offset_us, modifiers: {}, comment, unsure: false,
      link: null, late_us: 0,
    };
    return this.session.perform("add", { event }, group) !== null;
  }

  /** @param {Event} event */
  remove(event) {
    if (this.session.perform("remove", { event: { id: event.id } })) this.say("Removed");
  }

  /** The frame an edge stands at; an offset at the end of the recording stands after the last frame. @param {number} t_us */
  #frameOf(t_us) {
    const table = this.table();
    return t_us >= table.end_us ? table.length : table.frameAt(t_us);
  }

  /** @param {number} frame */
  #timeOf(frame) {
    const table = this.table();
    return frame >= table.length ? table.end_us : table.timeOf(frame);
  }

  /**
   * Moves an edge by frames. Returns where it stands then, or null if it could not move.
   * @param {Event} event @param {"onset" | "offset"} edge @param {number} by @param {boolean} held @returns {number | null}
   */
  nudge(event, edge, by, held) {
    if (!held) this.#gesture = newId();
    const at_us = edge === "onset" ? event.onset_us : event.offset_us ?? this.session.coding.reachUs(event);
    if (at_us === null || (edge === "offset" && event.kind !== "state")) return null;
    return this.edgeTo(event, edge, this.#frameOf(at_us) + by, this.#gesture);
  }

  /** @param {Event} event @param {"onset" | "offset"} edge @param {number} frame @param {string | null} [group] @returns {number | null} */
  edgeTo(event, edge, frame, group = null) {
    if (event.onset_us === null || (edge === "offset" && event.kind !== "state")) return null;
    const last = this.table().length - (edge === "onset" ? 1 : 0);
    const to_us = this.#timeOf(Math.min(Math.max(frame, 0), last));
    const end_us = event.offset_us ?? Infinity;
    if (edge === "onset" ? to_us >= end_us : to_us <= event.onset_us) {
      this.say("The offset must lie after the onset.");
      return null;
    }
    if (to_us === (edge === "onset" ? event.onset_us : event.offset_us)) return null;
    const fields = edge === "onset" ? { onset_us: to_us } : { offset_us: to_us };
    return this.change(event, fields, `${edge === "onset" ? "Onset" : "Offset"} ${timecode(to_us)}`, group) ? to_us : null;
  }
}

/** What an operation says of a time that the reaction time was taken off. @param {number | null} seen_us */
function seen(seen_us) {
  return seen_us === null ? {} : { seen_us };
}

/** What a code key did, in words. @param {Code} code @param {Event | null} made @param {import("./session.js").Changes} changes */
function outcome(code, made, changes) {
  if (made !== null) return `${code.name} at`;
  if (changes.removed.length > 0) return `${code.name} removed at`;
  return changes.put.length > 0 ? `${code.name} ends at` : `Still ${code.name} at`;
}
