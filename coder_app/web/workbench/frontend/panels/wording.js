// One line to write in, among the codes: a reason, a name. Enter keeps it, Esc leaves it.
// @ts-check

import { h, keycap } from "../dom.js";

export class Wording {
  /** @type {((text: string) => void) | null} */
  #done = null;

  /** @param {import("../scope.js").Scope} scope @param {() => void} onClose gives the focus back */
  constructor(scope, onClose) {
    this.input = /** @type {HTMLInputElement} */ (h("input", { type: "text", maxlength: 500, id: `wb-wording-${Math.random().toString(36).slice(2)}` }));
    this.title = h("label", { for: this.input.id });
    this.onClose = onClose;
    this.element = h("div.wb-asked.wb-wording", { role: "group", "aria-label": "To be written", "data-testid": "wording", hidden: true },
      this.title, this.input, h("span.wb-choice.wb-faint", {}, keycap("Enter"), keycap("Esc")));
    scope.on(this.input, "keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.#close(this.input.value.trim());
      else if (event.key === "Escape") this.#close(null);
    });
  }

  get open() {
    return !this.element.hidden;
  }

  /** @param {string} title @param {(text: string) => void} done @param {string} [text] */
  ask(title, done, text = "") {
    this.title.textContent = title;
    this.#done = done;
    this.input.value = text;
    this.element.hidden = false;
    this.input.focus();
    this.input.select();
  }

  /** @param {string | null} text */
  #close(text) {
    const done = this.#done;
    this.#done = null;
    this.element.hidden = true;
    this.onClose();
    if (text !== null) done?.(text);
  }
}
