// Parts of the page that share one place; one of them is seen.
// @ts-check

import { button, h, mark, say } from "../dom.js";

export class Tabs {
  /** @type {Map<string, {tab: HTMLButtonElement, count: HTMLElement, panel: HTMLElement}>} */
  #parts = new Map();

  /** @param {import("../scope.js").Scope} scope @param {string} label @param {{id: string, name: string, element: HTMLElement}[]} parts the first is seen
   *  @param {() => void} onChoose */
  constructor(scope, label, parts, onChoose) {
    this.onChoose = onChoose;
    const list = h("div.wb-tabs", { role: "tablist", "aria-label": label });
    this.element = h("div.wb-tabbed", {}, list);
    for (const { id, name, element } of parts) {
      const count = h("span.wb-tab-count");
      const tab = button("wb-tab", { role: "tab", id: `wb-tab-${id}`, "aria-controls": `wb-panel-${id}`, "data-tab": id }, name, count);
      const panel = h("div.wb-tab-panel", { role: "tabpanel", id: `wb-panel-${id}`, "aria-labelledby": `wb-tab-${id}` }, element);
      scope.on(tab, "click", () => this.choose(id));
      scope.on(tab, "keydown", (event) => this.#turn(event, id));
      this.#parts.set(id, { tab, count, panel });
      list.append(tab);
      this.element.append(panel);
    }
    this.choose(parts[0].id);
  }

  /** @param {string} id */
  choose(id) {
    this.chosen = id;
    for (const [name, { tab, panel }] of this.#parts) {
      panel.hidden = name !== id;
      mark(tab, "aria-selected", String(name === id));
      mark(tab, "tabindex", name === id ? "0" : "-1");
    }
    this.onChoose();
  }

  /** @param {string} id @param {string} text */
  count(id, text) {
    const part = this.#parts.get(id);
    if (part) say(part.count, text);
  }

  /** @param {KeyboardEvent} event @param {string} id */
  #turn(event, id) {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const names = [...this.#parts.keys()];
    const next = names[(names.indexOf(id) + (event.key === "ArrowRight" ? 1 : names.length - 1)) % names.length];
    this.choose(next);
    this.#parts.get(next)?.tab.focus();
  }
}
