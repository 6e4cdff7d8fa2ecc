// Which stretch has been seen: forward playback and single forward steps add to it; seeks, jumps and reverse end it.
// @ts-check

/** @typedef {{from_us: number, to_us: number}} Stretch */

export class Watch {
  /** First and last frame of the stretch under way; null while nothing is being watched. @type {[number, number] | null} */
  #seen = null;
  /** How much of it was taken already. */
  #taken = -1;

  /** @param {import("./frame-table.js").FrameTable} table */
  constructor(table) {
    this.table = table;
  }

  /** The stretch under way, taken or not, on the observation clock. @returns {Stretch | null} */
  get current() {
    return this.#seen && { from_us: this.table.timeOf(this.#seen[0]), to_us: this.table.endOf(this.#seen[1]) };
  }

  /** Playback shows `frame`. @param {number} frame */
  played(frame) {
    if (this.#seen === null) this.#seen = [frame, frame];
    else if (frame >= this.#seen[1]) this.#seen[1] = frame;
  }

  /** A step led from one frame to another. @param {number} before @param {number} frame */
  stepped(before, frame) {
    if (frame !== before + 1) return;
    if (this.#seen !== null && this.#seen[1] === before) this.#seen[1] = frame;
    else if (this.#seen === null) this.#seen = [before, frame];
  }

  /** What the next `take` gives. @returns {Stretch | null} */
  get next() {
    if (this.#seen === null || this.#seen[1] <= this.#taken) return null;
    return { from_us: this.table.timeOf(Math.max(this.#seen[0], this.#taken + 1)), to_us: this.table.endOf(this.#seen[1]) };
  }

  /** What was seen since the last call; the stretch goes on. @returns {Stretch | null} */
  take() {
    const { next } = this;
    if (this.#seen !== null) this.#taken = Math.max(this.#taken, this.#seen[1]);
    return next;
  }

  /** As `take`, and the stretch is over. @returns {Stretch | null} */
  end() {
    const rest = this.take();
    this.#seen = null;
    this.#taken = -1;
    return rest;
  }
}
