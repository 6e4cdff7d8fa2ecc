// One line that is typed in: Enter takes it, Esc leaves it.
// @ts-check

import { h, say } from "../dom.js";

export class Prompt {
  /** @type {(text: string) => string | null} */
  #take = () => null;

  /** @param {import("../scope.js").Scope} scope @param {HTMLElement} parent @param {() => void} leave gives the keys back */
  constructor(scope, parent, leave) {
    this.leave = leave;
    this.name = h("span.wb-prompt-name");
    this.input = /** @type {HTMLInputElement} */ (h("input.wb-prompt-text", { type: "text", autocomplete: "off", "data-testid": "prompt" }));
    this.trouble = h("span.wb-trouble", { role: "alert" });
    this.element = h("div.wb-prompt", { hidden: true }, this.name, this.input, this.trouble);
    parent.append(this.element);
    scope.on(this.input, "keydown", (event) => event.key === "Enter" && this.#enter(event));
    scope.on(this.input, "blur", () => (this.element.hidden = true));
  }

  /** @param {string} name @param {string} hint @param {(text: string) => string | null} take answers why not, or null */
  ask(name, hint, take) {
    this.#take = take;
    say(this.name, name);
    say(this.trouble, "");
    this.input.setAttribute("aria-label", name);
    this.input.placeholder = hint;
    this.input.value = "";
    this.element.hidden = false;
    this.input.focus();
  }

  /** @param {KeyboardEvent} event */
  #enter(event) {
    event.preventDefault();
    event.stopPropagation();
    const trouble = this.#take(this.input.value);
    say(this.trouble, trouble ?? "");
    if (trouble === null) this.leave();
  }
}
