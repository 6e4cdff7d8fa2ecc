// The coder's own reaction time: off unless the coder says how much. Then a code pressed while the video plays lies that much earlier
// than the frame that was on the screen, which is noted with it (`seen_us`), so that all of it can be put back.
// @ts-check

import { preferences } from "./preferences.js";

/** The longest that can be taken off, in milliseconds. */
export const MOST_MS = 500;
const NAME = "reaction-ms";

/** @typedef {import("./protocol.js").Event} Event */
/** `seen_us` is null where nothing was taken off. @typedef {{frame: number, seen_us: number | null}} Meant */
/** A key whose time was corrected: where the edge it made was put, and what was on the screen.
 *  @typedef {{stream: string, code: string, at_us: number, seen_us: number}} Correction */
/** An edge and where it is to lie. @typedef {{id: string, edge: "onset_us" | "offset_us", to_us: number}} Move */

/** What was typed: milliseconds ("250", "250 ms") or seconds ("0.25 s"), "off" for none; null where it is none of these.
 *  @param {string} text @returns {number | null} */
export function msOf(text) {
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*(ms|s)?\s*$/i.exec(text);
  if (found === null) return /^\s*(off)?\s*$/i.test(text) ? 0 : null;
  const ms = Math.round(Number(found[1].replace(",", ".")) * (found[2]?.toLowerCase() === "s" ? 1000 : 1));
  return ms <= MOST_MS ? ms : null;
}

export class Reaction {
  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    bench.scope.own(preferences.on((name) => name === NAME && this.show()));
  }

  /** Milliseconds that are taken off; 0 for none. */
  get ms() {
    const kept = preferences.get(NAME, 0);
    return typeof kept === "number" && kept > 0 && kept <= MOST_MS ? kept : 0;
  }

  /** @param {number} ms */
  set(ms) {
    preferences.set(NAME, ms > 0 ? Math.round(ms) : null);
    this.bench.say(this.ms > 0 ? `${this.ms} ms are taken off what you code while it plays` : "Nothing is taken off for your reaction time");
  }

  /** The page always says that it is on. */
  show() {
    this.bench.frame.header.showReaction(this.ms);
  }

  /**
   * What a key meant that was pressed or let go while `frame` was on the screen. A key that changes what goes on there means a frame
   * after that has begun. @param {number} frame @param {import("./marks.js").Meaning | null} [pressed] @returns {Meant}
   */
  meant(frame, pressed = null) {
    const { player } = this.bench;
    const { ms } = this;
    if (ms === 0 || player === null || !player.playing) return { frame, seen_us: null };
    const { table } = player;
    const seen_us = table.timeOf(frame);
    let earlier = table.frameAt(Math.max(0, seen_us - ms * 1000 * player.rate));
    const begun_us = pressed && begunSince(this.bench.session.coding, pressed, table.timeOf(earlier), seen_us);
    if (begun_us !== null) earlier = table.frameAt(begun_us) + 1;
    return earlier < frame ? { frame: earlier, seen_us } : { frame, seen_us: null };
  }
}

/** When the last bout began that a key would end or cut, within [from_us, seen_us]; null where none did.
 *  @param {any} coding @param {import("./marks.js").Meaning} pressed @param {number} from_us @param {number} seen_us @returns {number | null} */
export function begunSince(coding, { stream, code }, from_us, seen_us) {
  const conflicts = coding.rules.streams.get(stream.id).conflictsOf(code.id);
  const begun = coding.within(stream.id, from_us, seen_us + 1).filter((/** @type {Event} */ e) => conflicts.includes(e.code) && Number(e.onset_us) >= from_us);
  return begun.at(-1)?.onset_us ?? null;
}

/**
 * What puts the edges that a corrected key made back to what was on the screen: events of its code that begin there, then bouts of its
 * stream that end there. None where they were moved since, and `left` counts those that would meet another event on the way.
 * @param {any} coding @param {Correction} correction @returns {{moves: Move[], left: number}}
 */
export function movesBack(coding, { stream, code, at_us, seen_us }) {
  const near = /** @type {Event[]} */ (coding.within(stream, at_us - 1, at_us + 1));
  const begun = near.filter((event) => event.onset_us === at_us && event.code === code);
  const ended = near.filter((event) => event.offset_us === at_us);
  const fits = begun.filter((event) => event.offset_us === null || event.offset_us > seen_us);
  const free = ended.filter((event) => !meets(coding, event, at_us, seen_us, fits));
  return {
    moves: [
      ...fits.map(({ id }) => ({ id, edge: /** @type {const} */ ("onset_us"), to_us: seen_us })),
      ...free.map(({ id }) => ({ id, edge: /** @type {const} */ ("offset_us"), to_us: seen_us })),
    ],
    left: begun.length - fits.length + ended.length - free.length,
  };
}

/** Whether a bout that ends at `at_us` cannot last to `seen_us`, once `moved` begin there. @param {any} coding @param {Event} event @param {number} at_us @param {number} seen_us @param {Event[]} moved */
function meets(coding, event, at_us, seen_us, moved) {
  const conflicts = coding.rules.streams.get(event.stream).conflictsOf(event.code);
  const away = new Set(moved.map(({ id }) => id));
  return coding.within(event.stream, at_us, seen_us).some((/** @type {Event} */ other) => !away.has(other.id) && conflicts.includes(other.code));
}
