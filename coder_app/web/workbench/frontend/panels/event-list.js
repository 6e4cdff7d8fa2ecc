// All events of the pass as a list. Only the rows in sight exist, however many there are.
// @ts-check

import { h, say } from "../dom.js";
import { duration, shortTime } from "../time-label.js";

const ROW_PX = 24;
const SPARE = 6;

/** @typedef {import("../protocol.js").Event} Event */
/**
 * @typedef {{index: import("../timeline/event-index.js").EventIndex, catalogue: import("../catalogue.js").Catalogue,
 *   selected: string | null}} Shown
 */

export class EventList {
  /** @type {Shown | null} */
  #shown = null;
  /** To be brought into sight. @type {Event | null} */
  #sought = null;
  /** Where the list is scrolled to and how high it is, kept so that drawing need not measure the page. */
  #top = 0;
  #height = 0;

  /** @param {import("../scope.js").Scope} scope @param {{onOpen: (event: Event) => void}} hear */
  constructor(scope, hear) {
    this.count = h("span.wb-faint");
    this.spacer = h("div.wb-list-space", { role: "presentation" });
    this.scroller = h("div.wb-list", { role: "listbox", "aria-label": "Events of this pass", tabindex: -1 }, this.spacer);
    this.element = h("section.wb-events", { "aria-label": "Events", "data-testid": "events" }, h("div.wb-stream-head", {}, h("h3", {}, "Events"), this.count), this.scroller);
    this.paint = scope.painter(() => this.#draw());
    scope.on(this.scroller, "scroll", () => {
      this.#top = this.scroller.scrollTop;
      this.paint();
    });
    scope.resized(this.scroller, () => {
      this.#height = this.scroller.clientHeight;
      this.paint();
    });
    scope.on(this.spacer, "click", (event) => {
      const row = /** @type {HTMLElement} */ (event.target).closest("[data-event]");
      const found = row && this.#shown?.index.get(row.getAttribute("data-event") ?? "");
      if (found) hear.onOpen(found);
    });
  }

  /** @param {Shown} shown */
  update(shown) {
    this.#shown = shown;
    this.#draw();
  }

  /** Brings an event into sight. @param {Event} event */
  reveal(event) {
    this.#sought = event;
  }

  /** @param {Shown} shown */
  #scroll({ index }) {
    if (!this.#sought) return;
    const top = index.placeOf(this.#sought) * ROW_PX;
    this.#sought = null;
    if (top >= this.#top && top + ROW_PX <= this.#top + this.#height) return;
    this.#top = Math.max(0, top - this.#height / 2);
    this.scroller.scrollTop = this.#top;
  }

  #draw() {
    if (!this.#shown) return;
    const { all } = this.#shown.index;
    say(this.count, all.length === 0 ? "none yet" : all.length.toLocaleString("en"));
    this.spacer.style.height = `${all.length * ROW_PX}px`;
    this.#scroll(this.#shown);
    const first = Math.max(0, Math.floor(this.#top / ROW_PX) - SPARE);
    const last = Math.min(all.length, first + Math.ceil(this.#height / ROW_PX) + 2 * SPARE);
    const rows = [];
    for (let n = first; n < last; n++) rows.push(this.#row(all[n], n, this.#shown));
    this.spacer.replaceChildren(...rows);
  }

  /** @param {Event} event @param {number} place @param {Shown} shown */
  #row(event, place, { catalogue, selected }) {
    const length = event.kind === "state" ? (event.offset_us === null ? "running" : duration(catalogue.endOf(event) - /** @type {number} */ (event.onset_us))) : "";
    const signs = [event.unsure ? "?" : "", event.comment ? "…" : ""].join("");
    const lack = catalogue.missing(event).length > 0 ? h("span.wb-row-lack", {}, " modifier missing") : null;
    return h("div.wb-row", {
      role: "option", "aria-selected": String(event.id === selected), "data-event": event.id, style: `top:${place * ROW_PX}px`,
      "aria-setsize": -1, "aria-posinset": place + 1, title: event.comment || null,
    }, h("span.wb-row-time", {}, event.onset_us === null ? "rating" : shortTime(event.onset_us)),
      h("span.wb-row-code", { "--fill": catalogue.fillOf(event) }, event.kind === "rating" ? catalogue.describe(event) : catalogue.nameOf(event), lack), h("span.wb-row-sign", {}, signs), h("span.wb-row-length", {}, length));
  }
}
