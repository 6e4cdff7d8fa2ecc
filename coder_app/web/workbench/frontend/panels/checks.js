// The list of what to look at: what blocks submitting is marked by word and colour; a click goes there.
// @ts-check

import { button, h } from "../dom.js";

const MOST = 100;

/** @typedef {import("../checks.js").Finding} Finding */

export class ChecksPanel {
  /** @param {import("../scope.js").Scope} scope @param {{onGo: (finding: Finding) => void, onCount: (text: string) => void}} hear */
  constructor(scope, hear) {
    this.scope = scope;
    this.hear = hear;
    this.held = scope.child();
    this.shown = "";
    this.element = h("div.wb-checks", { "data-testid": "checks" });
  }

  /** @param {Finding[]} list those of the pass first @param {number} here how many @param {Finding | null} last the one gone to */
  update(list, here, last) {
    this.hear.onCount(list.length > 0 ? String(here) + (list.length > here ? ` + ${list.length - here}` : "") : "0");
    const state = JSON.stringify([list.slice(0, MOST).map((f) => [f.message, f.from_us]), list.length, here, last?.from_us, last?.message]);
    if (state === this.shown) return;
    this.shown = state;
    this.held.end();
    this.held = this.scope.child();
    const rows = list.slice(0, MOST).map((f) => this.#row(f, f.message === last?.message && f.from_us === last.from_us));
    const parts = [h("h3", {}, "This pass"), ...(here > 0 ? rows.slice(0, here) : [h("p.wb-faint", {}, "Nothing to check.")])];
    if (rows.length > here) parts.push(h("h3", {}, "Other passes"), ...rows.slice(here));
    if (list.length > MOST) parts.push(h("p.wb-faint", {}, `${list.length - MOST} more.`));
    this.element.replaceChildren(...parts);
  }

  /** @param {Finding} finding @param {boolean} current */
  #row(finding, current) {
    const row = button("wb-check", { "data-rule": finding.rule, "aria-current": current ? "true" : null },
      finding.blocks ? h("b.wb-blocks", {}, "Must: ") : null, finding.message);
    this.held.on(row, "click", () => this.hear.onGo(finding));
    return row;
  }
}
