// The list of the episodes: go to one, change its name and times, draw, move and remove with the mouse or from the keyboard.
// @ts-check

import { button, h, mark, say, show } from "../dom.js";
import { hint } from "../keys.js";
import { cleanName, refusal, typedTimes } from "../episode-rules.js";
import { duration, shortTime } from "../time-label.js";

/** @typedef {import("../protocol.js").Episode} Episode */
/**
 * @typedef {{run: (command: string) => void, onGo: (one: Episode) => void, onKeep: (one: Episode) => Promise<string>, onLeave: () => void,
 *   onCount: (text: string) => void, list: () => Episode[], frames: () => import("../timeline/drag.js").Frames}} Hear
 */

const TOOLS = [
  ["episodeNew", "New"], ["episodeEdit", "Change"], ["episodeStart", "Start here"], ["episodeEnd", "End here"], ["episodeRemove", "Remove"], ["episodeBack", "Take back"],
];

export class EpisodesPanel {
  /** The one that is asked about. @type {Episode | null} */
  #asked = null;
  #shown = "";

  /** @param {import("../scope.js").Scope} scope @param {Hear} hear */
  constructor(scope, hear) {
    this.scope = scope;
    this.hear = hear;
    this.held = scope.child();
    this.tools = h("div.wb-episode-tools", {}, ...TOOLS.map(([command, text]) => this.#tool(command, text)));
    this.adopt = h("div.wb-episode-tools", { hidden: true }, this.#tool("episodeAdopt", "Adopt the selected stream as the episodes"));
    this.fixed = h("p.wb-faint", { hidden: true });
    this.names = h("datalist", { id: "wb-episode-names" });
    this.name = this.#field("Name", { list: "wb-episode-names", maxlength: 200 });
    this.from = this.#field("From", { placeholder: "1:02.5 or f1550" });
    this.to = this.#field("To", { placeholder: "or +120" });
    this.fields = [this.name, this.from, this.to];
    this.told = h("p.wb-episode-told", { role: "status", hidden: true });
    const [keep, leave] = [button("wb-small", {}, "Keep"), button("wb-small", {}, "Leave")];
    this.form = h("div.wb-episode-form", { role: "group", "aria-label": "Name and times of the episode", "data-testid": "episode-form", hidden: true },
      ...[["Name", this.name], ["From", this.from], ["To", this.to]].map(([text, input]) => h("label.wb-episode-field", {}, h("span", {}, /** @type {string} */ (text)), /** @type {Node} */ (input))),
      h("div.wb-episode-tools", {}, keep, leave), this.names);
    this.list = h("div.wb-episode-list", { "data-testid": "episode-list" });
    this.element = h("div.wb-episodes", { "data-testid": "episodes" }, this.tools, this.adopt, this.fixed, this.form, this.told, this.list);
    scope.on(keep, "click", () => void this.#keep());
    scope.on(leave, "click", () => this.close());
    scope.on(this.form, "keydown", (event) => this.#hear(event));
  }

  /** @param {string} command @param {string} text */
  #tool(command, text) {
    const element = button("wb-small", { title: hint(command), "aria-label": hint(command), "data-command": command }, text);
    this.scope.on(element, "click", () => this.hear.run(command));
    return element;
  }

  /** @param {string} label @param {Record<string, any>} more */
  #field(label, more) {
    return /** @type {HTMLInputElement} */ (h("input", { type: "text", autocomplete: "off", spellcheck: "false", "aria-label": label, ...more }));
  }

  /** @param {{list: Episode[], selected: string | null, fixed: string | null}} episodes @param {boolean} submitted */
  update({ list, selected, fixed }, submitted) {
    this.hear.onCount(list.length > 0 ? String(list.length) : "");
    show(this.tools, fixed === null);
    show(this.adopt, submitted);
    show(this.fixed, fixed !== null);
    say(this.fixed, fixed ?? "");
    const state = JSON.stringify([list, selected]);
    if (state === this.#shown) return;
    this.#shown = state;
    this.held.end();
    this.held = this.scope.child();
    const none = h("p.wb-faint", {}, "This observation has no episodes. Draw one with Alt and the mouse along the ruler, or press New.");
    this.list.replaceChildren(...(list.length > 0 ? list.map((one) => this.#row(one, one.id === selected)) : [none]));
  }

  /** @param {Episode} one @param {boolean} current */
  #row(one, current) {
    const row = button("wb-episode-row", { "aria-current": current ? "true" : null }, h("b", {}, one.name),
      h("span", {}, `${shortTime(one.onset_us)} – ${shortTime(one.offset_us)}`), h("span.wb-episode-length", {}, duration(one.offset_us - one.onset_us)));
    this.held.on(row, "click", () => this.hear.onGo(one));
    this.held.on(row, "dblclick", () => this.hear.run("episodeEdit"));
    return row;
  }

  /** @param {Episode} one without a name where it is new */
  ask(one) {
    this.#asked = one;
    this.name.value = one.name;
    [this.from.value, this.to.value] = [shortTime(one.onset_us), shortTime(one.offset_us)];
    this.tell("");
    show(this.form, true);
    this.name.focus();
    this.name.select();
  }

  /** Names that the study uses, one of them for a new episode as long as none is typed. @param {string[]} names @param {string} next */
  propose(names, next) {
    this.names.replaceChildren(...names.map((name) => h("option", { value: name })));
    if (this.form.hidden || this.#asked?.name !== "" || this.name.value !== "") return;
    this.name.value = next;
    if (document.activeElement === this.name) this.name.select();
  }

  /** @param {string} text */
  tell(text) {
    show(this.told, text !== "");
    say(this.told, text);
    mark(this.name, "aria-invalid", text && !this.form.hidden ? "true" : null);
  }

  get open() {
    return !this.form.hidden;
  }

  close() {
    if (!this.open) return;
    this.#asked = null;
    show(this.form, false);
    this.tell("");
    this.hear.onLeave();
  }

  /** @param {KeyboardEvent} event */
  #hear(event) {
    if (event.key === "Escape") this.close();
    if (event.key !== "Enter" || event.isComposing || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    void this.#keep();
  }

  /** Closed at once, so that the next keys are the codes' again. If the server refuses it, it is here again as it was typed, without the focus. */
  async #keep() {
    const asked = this.#asked;
    if (!asked) return;
    const typed = this.#typed(asked);
    if (typeof typed === "string") return this.tell(typed);
    const texts = this.fields.map((field) => field.value);
    const kept = this.hear.onKeep(typed);
    this.close();
    const wrong = await kept;
    if (wrong === "" || this.open) return;
    this.#asked = asked;
    this.fields.forEach((field, n) => (field.value = texts[n]));
    show(this.form, true);
    this.tell(wrong);
  }

  /** @param {Episode} asked @returns {Episode | string} as it was typed, or why it cannot be */
  #typed(asked) {
    const times = this.#times(asked);
    if (typeof times === "string") return times;
    const one = { ...asked, ...times, name: cleanName(this.name.value) };
    return refusal(this.hear.list(), one) || one;
  }

  /** A time that was left as it stood is exactly what it was. @param {Episode} asked @returns {{onset_us: number, offset_us: number} | string} */
  #times({ onset_us, offset_us }) {
    const [from, to] = [this.from.value, this.to.value];
    const typed = typedTimes(from, to, this.hear.frames());
    if (typeof typed === "string") return typed;
    const same = { onset_us: from === shortTime(onset_us), offset_us: to === shortTime(offset_us) };
    return { onset_us: same.onset_us ? onset_us : typed.onset_us, offset_us: same.offset_us ? offset_us : typed.offset_us };
  }
}
