// Press and hold: a bout lasts while its key is down. What is not surely down no longer counts: a key that leaves with the focus
// ends its bout at the last frame on which it was seen down.
// @ts-check

/** @typedef {{key: string, code: string, onset: number, frame: number}} Press */
/** @typedef {{id: string, sure: number, group: string}} Held */

export class Holding {
  /** By the place of the key on the keyboard, which letter case and Ctrl do not change. @type {Map<string, Held>} */
  #held = new Map();

  /** @param {{end: (held: Held, heard: boolean) => void}} hear told when a bout is over; `sure` is the last frame on which its key was
   *  down, `heard` says that it was let go there */
  constructor(hear) {
    this.hear = hear;
  }

  /** @param {string} place @returns {boolean} */
  has(place) {
    return this.#held.has(place);
  }

  /** @param {string} place of the key @param {string} id of the bout @param {number} frame @param {string} group */
  begin(place, id, frame, group) {
    this.end(place);
    this.#held.set(place, { id, sure: frame, group });
  }

  /** The key repeats: it is still down. @param {string} place @param {number} frame */
  still(place, frame) {
    const held = this.#held.get(place);
    if (held && frame > held.sure) held.sure = frame;
  }

  /** The key is up, or pressed anew without having been heard going up: then nothing is known after the last sure frame.
   *  @param {string} place @param {number} [frame] on the screen as it went up */
  end(place, frame) {
    const held = this.#held.get(place);
    if (!held) return;
    if (frame !== undefined) this.still(place, frame);
    this.#held.delete(place);
    this.hear.end(held, frame !== undefined);
  }

  /** The page loses the keyboard. @param {number} frame on the screen, up to which the keys were down */
  endAll(frame) {
    for (const place of [...this.#held.keys()]) {
      this.still(place, frame);
      this.end(place);
    }
  }
}
