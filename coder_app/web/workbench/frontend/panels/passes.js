// The list of passes: how much of each is watched and coded, as bars and in words; a click leads to the pass.
// @ts-check

import { button, h, mark, say } from "../dom.js";
import { words } from "../passes.js";

/** @typedef {import("../progress.js").Progress} Progress */
/** @typedef {{element: HTMLElement, watched: HTMLElement, coded: HTMLElement, bars: HTMLElement, text: HTMLElement}} Row */

export class PassesPanel {
  /** @type {Row[]} */
  #rows = [];
  #of = "";

  /** @param {import("../scope.js").Scope} scope @param {(pass: string) => void} onPass */
  constructor(scope, onPass) {
    this.scope = scope;
    this.onPass = onPass;
    this.held = scope.child();
    this.element = h("div.wb-passes", { "data-testid": "passes" });
  }

  /** @param {Progress[]} list @param {string} current the pass that is shown */
  update(list, current) {
    const of = list.map(({ pass }) => pass).join(" ");
    if (of !== this.#of) this.#fill(list);
    this.#of = of;
    list.forEach((progress, n) => this.#show(this.#rows[n], progress, progress.pass === current));
  }

  /** @param {Progress[]} list */
  #fill(list) {
    this.held.end();
    this.held = this.scope.child();
    this.#rows = list.map(({ pass, name }) => {
      const [watched, coded, text] = [h("div"), h("div"), h("span.wb-pass-words")];
      const bars = h("span.wb-pass-bars", { "aria-hidden": "true" }, watched, coded);
      const element = button("wb-pass-row", { "data-pass": pass }, h("b", {}, name), bars, text);
      this.held.on(element, "click", () => this.onPass(pass));
      return { element, watched, coded, bars, text };
    });
    this.element.replaceChildren(...this.#rows.map(({ element }) => element));
  }

  /** @param {Row} row @param {Progress} progress @param {boolean} current */
  #show({ element, watched, coded, bars, text }, progress, current) {
    mark(element, "aria-current", current ? "true" : null);
    bars.hidden = progress.watched_us === null;
    const share = (/** @type {number | null} */ us) => `width:${progress.end_us > 0 ? (100 * (us ?? 0)) / progress.end_us : 0}%`;
    mark(watched, "style", share(progress.watched_us));
    mark(coded, "style", share(progress.coded_us));
    say(text, words(progress).join(" · "));
  }
}
