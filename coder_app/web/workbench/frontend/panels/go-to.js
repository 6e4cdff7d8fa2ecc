// The field that takes a time or a frame, in the place of the time.
// @ts-check

import { h, mark } from "../dom.js";

export class GoToField {
  /**
   * @param {import("../scope.js").Scope} scope
   * @param {{place: (text: string) => import("../go-to.js").Place, onGo: (frame: number) => void, onClose: () => void}} hear
   */
  constructor(scope, hear) {
    this.hear = hear;
    this.field = /** @type {HTMLInputElement} */ (h("input.wb-goto-field", {
      type: "text", "aria-label": "Go to a time or frame", "aria-describedby": "wb-goto-wrong", placeholder: "1:02.5, 62.5 or f1550",
      autocomplete: "off", spellcheck: "false", "data-testid": "go-to",
    }));
    this.wrong = h("span.wb-goto-wrong", { id: "wb-goto-wrong", role: "alert" });
    this.element = h("div.wb-goto", { hidden: true }, this.field, this.wrong);
    scope.on(this.field, "keydown", (event) => event.key === "Enter" && !event.isComposing && this.#go(event));
    scope.on(this.field, "input", () => this.#tell(""));
    scope.on(this.field, "blur", () => this.#shut());
  }

  open() {
    this.element.hidden = false;
    this.field.value = "";
    this.#tell("");
    this.field.focus();
  }

  /** @param {KeyboardEvent} event */
  #go(event) {
    event.preventDefault();
    event.stopPropagation();
    const { frame, wrong } = this.hear.place(this.field.value);
    this.#tell(wrong);
    if (frame === null) return;
    this.#shut();
    this.hear.onGo(frame);
    this.hear.onClose();
  }

  /** @param {string} wrong */
  #tell(wrong) {
    this.wrong.textContent = wrong;
    mark(this.field, "aria-invalid", wrong === "" ? null : "true");
  }

  #shut() {
    this.element.hidden = true;
  }
}
