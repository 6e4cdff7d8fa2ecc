// Events of the pass, kept sorted as they change: per lane for drawing and hitting, and all together for the list.
// @ts-check

import { firstFrom, laneKey } from "./layout.js";

/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("../protocol.js").Stream} Stream */
/** @typedef {{bouts: Event[], points: Event[]}} LaneEvents */

/** @param {Event} a @param {Event} b */
function order(a, b) {
  return (a.onset_us ?? -1) - (b.onset_us ?? -1) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Where `event` stands, or belongs, in `events`. @param {Event[]} events @param {Event} event */
function placeOf(events, event) {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(events[middle], event) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class EventIndex {
  /** @type {Map<string, LaneEvents>} */
  #lanes = new Map();
  /** @type {Map<string, Event>} */
  #known = new Map();
  /** Every event of the pass by onset; ratings, which have none, come first. @type {Event[]} */
  all = [];

  /** @param {Stream[]} streams of the pass @param {Iterable<Event>} events of the whole coding */
  constructor(streams, events) {
    this.streams = new Map(streams.map((s) => [s.id, s]));
    for (const event of events) {
      if (!this.streams.has(event.stream)) continue;
      this.#known.set(event.id, event);
      this.all.push(event);
      this.#listOf(event)?.push(event);
    }
    this.all.sort(order);
    for (const { bouts, points } of this.#lanes.values()) {
      bouts.sort(order);
      points.sort(order);
    }
  }

  /** @param {string} key @returns {LaneEvents} */
  lane(key) {
    let lane = this.#lanes.get(key);
    if (!lane) this.#lanes.set(key, (lane = { bouts: [], points: [] }));
    return lane;
  }

  /** @param {Event} event @returns {Event[] | null} */
  #listOf(event) {
    if (event.onset_us === null) return null;
    const stream = /** @type {Stream} */ (this.streams.get(event.stream));
    const lane = this.lane(laneKey(stream, event.code));
    return event.kind === "point" ? lane.points : lane.bouts;
  }

  /** @param {{put: Event[], removed: string[]}} changes @returns {Event[]} what was there before and what is there now, with times */
  update({ put, removed }) {
    /** @type {(Event | undefined)[]} */
    const touched = removed.map((id) => this.#take(id));
    for (const event of put) {
      if (!this.streams.has(event.stream)) continue;
      touched.push(this.#take(event.id), event);
      this.#known.set(event.id, event);
      this.all.splice(placeOf(this.all, event), 0, event);
      const list = this.#listOf(event);
      list?.splice(placeOf(list, event), 0, event);
    }
    return touched.filter((event) => event !== undefined).filter((event) => event.onset_us !== null);
  }

  /** @param {string} id @returns {Event | undefined} */
  #take(id) {
    const event = this.#known.get(id);
    if (!event) return undefined;
    this.#known.delete(id);
    this.all.splice(placeOf(this.all, event), 1);
    const list = this.#listOf(event);
    list?.splice(placeOf(list, event), 1);
    return event;
  }

  /** @param {string} id @returns {Event | undefined} */
  get(id) {
    return this.#known.get(id);
  }

  /** Place of an event in `all`. @param {Event} event @returns {number} */
  placeOf(event) {
    return placeOf(this.all, event);
  }

  /** The bout of a lane that holds `t_us`. @param {string} key @param {number} t_us @param {(event: Event) => number} endOf */
  boutAt(key, t_us, endOf) {
    const { bouts } = this.lane(key);
    const at = firstFrom(bouts, t_us + 1) - 1;
    return at >= 0 && t_us < endOf(bouts[at]) ? bouts[at] : null;
  }
}
