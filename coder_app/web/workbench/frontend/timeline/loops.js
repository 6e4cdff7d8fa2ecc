// The stretch that is looped, and the one marked to be: brackets in the ruler and a tint behind the rows. Elements that are only moved
// and stretched, so that no canvas is painted anew for them.
// @ts-check

import { h, mark, show } from "../dom.js";
import { xOf } from "./layout.js";

/** One end may not be marked yet. @typedef {{kind: "loop" | "marked", from_us: number | null, to_us: number | null}} Loop */
/** @typedef {import("./layout.js").View} View */

/** How far outside the window an end that cannot be seen is drawn. */
const BEYOND_PX = 20;

/** Where a loop lies in the window, and which ends it shows; null where none of it can be seen.
 *  @param {View} view @param {Loop} loop @returns {{x: number, width: number, ends: string} | null} */
export function placeOf(view, { from_us, to_us }) {
  const [first, last] = [from_us ?? to_us, to_us ?? from_us];
  if (first === null || last === null) return null;
  const x = Math.max(-BEYOND_PX, Math.round(xOf(view, first)));
  const right = Math.min(view.width_px + BEYOND_PX, Math.round(xOf(view, last)));
  if (right < 0 || x > view.width_px) return null;
  const ends = to_us === null ? "from" : from_us === null ? "to" : "both";
  return { x, width: Math.max(1, right - x), ends };
}

export class Loops {
  /** @type {HTMLElement[]} */
  #bars = [];
  #shows = "";

  constructor() {
    this.element = h("div.wb-loops", { "aria-hidden": "true", hidden: true });
  }

  /** @param {View} view @param {Loop[]} loops */
  update(view, loops) {
    const places = loops.map((loop) => ({ kind: loop.kind, place: placeOf(view, loop) }));
    const shows = `${view.width_px} ${places.map(({ kind, place }) => (place ? `${kind} ${place.x} ${place.width} ${place.ends}` : "")).join()}`;
    if (shows === this.#shows) return;
    this.#shows = shows;
    show(this.element, places.some(({ place }) => place !== null));
    this.element.style.width = `${view.width_px}px`;
    while (this.#bars.length < places.length) this.#bars.push(this.element.appendChild(h("div")));
    this.#bars.forEach((bar, n) => {
      const { kind, place } = places[n] ?? { kind: "loop", place: null };
      bar.hidden = place === null;
      if (place === null) return;
      bar.style.cssText = `transform:translateX(${place.x}px);width:${place.width}px`;
      mark(bar, "data-loop", kind);
      mark(bar, "data-ends", place.ends);
    });
  }
}
