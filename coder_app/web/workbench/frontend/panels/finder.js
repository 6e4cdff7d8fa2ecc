// The command palette: type a few letters of any command, code or pass, choose with the arrows, Enter does it.
// @ts-check

import { h, keycap, mark } from "../dom.js";
import { found } from "../matching.js";

const MOST = 60;

/** @typedef {{name: string, kind: string, keys: string[], run: () => void}} Item */

export class Finder {
  /** @type {Item[]} */
  #items = [];
  /** @type {Item[]} */
  #shown = [];
  #at = 0;

  /** @param {import("../scope.js").Scope} scope @param {() => void} onClose */
  constructor(scope, onClose) {
    this.onClose = onClose;
    this.input = /** @type {HTMLInputElement} */ (h("input.wb-find", {
      type: "text", role: "combobox", "aria-label": "Command, code or pass", "aria-expanded": "true", "aria-controls": "wb-found",
      "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: "Type a command, a code or a pass",
    }));
    this.list = h("ul.wb-found", { role: "listbox", id: "wb-found", "aria-label": "Found" });
    this.none = h("p.wb-faint", { role: "status" });
    this.box = h("div.wb-dialog.wb-finder", { role: "dialog", "aria-modal": "true", "aria-label": "Commands" }, this.input, this.list, this.none);
    this.element = h("div.wb-veil.wb-high", { hidden: true }, this.box);
    scope.on(this.input, "input", () => this.#find());
    scope.on(this.element, "pointerdown", (event) => event.target === this.element && this.close());
    scope.on(this.list, "click", (event) => this.#clicked(event));
  }

  get open() {
    return !this.element.hidden;
  }

  /** @param {Item[]} items */
  show(items) {
    this.#items = items;
    this.input.value = "";
    this.element.hidden = false;
    this.#find();
    this.input.focus();
  }

  close() {
    if (!this.open) return;
    this.element.hidden = true;
    this.list.replaceChildren();
    this.onClose();
  }

  /** A key while this is open. @param {KeyboardEvent} event @param {import("../commands.js").Command | null} command it asks for @returns {boolean} whether it was for this */
  hear(event, command) {
    const by = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 })[event.key];
    if (event.key === "Escape" || command?.id === "find") this.close();
    else if (by) this.#to(this.#at + by);
    else if (event.key === "Enter") this.#run(this.#shown[this.#at]);
    else if (event.key !== "Tab") return false;
    return true;
  }

  #find() {
    this.#shown = found(this.input.value, this.#items, (item) => `${item.name} ${item.kind} ${item.keys.join(" ")}`).slice(0, MOST);
    this.list.replaceChildren(...this.#shown.map((item, n) => h("li.wb-found-row", { role: "option", id: `wb-found-${n}`, "aria-selected": "false" },
      h("span.wb-found-name", {}, item.name), h("span.wb-faint", {}, item.kind), ...item.keys.slice(0, 2).map((key) => keycap(key)))));
    this.none.textContent = this.#shown.length === 0 ? "Nothing is called that." : "";
    this.list.hidden = this.#shown.length === 0;
    mark(this.input, "aria-expanded", String(this.#shown.length > 0));
    this.#to(0);
  }

  /** @param {number} at */
  #to(at) {
    const rows = /** @type {HTMLElement[]} */ ([...this.list.children]);
    this.#at = Math.min(Math.max(at, 0), Math.max(rows.length - 1, 0));
    rows.forEach((row, n) => mark(row, "aria-selected", String(n === this.#at)));
    mark(this.input, "aria-activedescendant", rows.length > 0 ? `wb-found-${this.#at}` : null);
    rows[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest(".wb-found-row");
    if (row) this.#run(this.#shown[[...this.list.children].indexOf(row)]);
  }

  /** @param {Item | undefined} item */
  #run(item) {
    if (!item) return;
    this.close();
    item.run();
  }
}
