// How often and how long each code so far: kept from operation to operation. Pure.
// @ts-check

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {{count: number, closed_us: number, open: Set<string>}} Sum */

export class Counts {
  /** By "stream.code". @type {Map<string, Sum>} */
  #sums = new Map();
  /** What each event was counted as. @type {Map<string, {name: string, length_us: number}>} */
  #counted = new Map();

  /** @param {Iterable<Event>} events */
  constructor(events) {
    for (const event of events) this.#add(event);
  }

  /** @param {{put: Event[], removed: string[]}} changes */
  update({ put, removed }) {
    for (const id of removed) this.#take(id);
    for (const event of put) {
      this.#take(event.id);
      this.#add(event);
    }
  }

  /** @param {Event} event */
  #add({ id, kind, stream, code, onset_us, offset_us }) {
    const name = `${stream}.${code}`;
    const sum = this.#sums.get(name) ?? { count: 0, closed_us: 0, open: new Set() };
    const length_us = kind === "state" && offset_us !== null ? offset_us - Number(onset_us) : 0;
    sum.count += 1;
    sum.closed_us += length_us;
    if (kind === "state" && offset_us === null) sum.open.add(id);
    this.#sums.set(name, sum);
    this.#counted.set(id, { name, length_us });
  }

  /** @param {string} id */
  #take(id) {
    const counted = this.#counted.get(id);
    const sum = counted && this.#sums.get(counted.name);
    if (!counted || !sum) return;
    sum.count -= 1;
    sum.closed_us -= counted.length_us;
    sum.open.delete(id);
    this.#counted.delete(id);
  }

  /** A running bout lasts as long as `lengthOf` says. @param {string} name "stream.code" @param {(id: string) => number} lengthOf */
  of(name, lengthOf) {
    const sum = this.#sums.get(name);
    if (!sum) return { count: 0, duration_us: 0 };
    return { count: sum.count, duration_us: [...sum.open].reduce((us, id) => us + lengthOf(id), sum.closed_us) };
  }
}
