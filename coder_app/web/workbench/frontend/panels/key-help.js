// All keys: found by typing, changed by pressing. A row takes the key that is pressed next; presets lay out all of them.
// @ts-check

import { button, h, keycap, mark, say } from "../dom.js";
import { COMMANDS } from "../commands.js";
import { PRESETS, presetOf } from "../key-presets.js";
import { FIXED, changed, isOwn, keymap, refusal, reset } from "../keymap.js";
import { chordOf, codeKey, keyName } from "../keys.js";
import { fit } from "../matching.js";
import { Dialog } from "./dialogs.js";

/** @typedef {{stream: import("../protocol.js").Stream, code: import("../protocol.js").Code}} Meaning */
/**
 * @typedef {{onClose: () => void, onKeys: (kept: import("../keymap.js").Kept) => void, onCard: () => Promise<void>,
 *   codes: () => import("../keymap.js").CodeKey[]}} Hear
 */
/** @typedef {{element: HTMLElement, command: string, text: string}} Row */

const WAITING = "Enter changes the keys of a command, Ins gives it one more, Del those of the preset again.";

export class KeyHelp extends Dialog {
  /** @type {Row[]} */
  #rows = [];
  /** @type {Meaning[]} */
  codes = [];
  /** The command that takes the next key, and whether beside those it has. @type {{command: string, more: boolean} | null} */
  #taking = null;

  /** @param {import("../scope.js").Scope} scope @param {Hear} hear */
  constructor(scope, hear) {
    super(scope, "Keys", () => {
      this.#taking = null;
      hear.onClose();
    });
    this.hears = hear;
    this.search = /** @type {HTMLInputElement} */ (h("input.wb-comment.wb-key-search", {
      type: "search", "aria-label": "Find a key or a command", placeholder: "Find a key or a command", autocomplete: "off", spellcheck: "false",
    }));
    this.preset = /** @type {HTMLSelectElement} */ (h("select.wb-pass", { "aria-label": "Preset of keys" },
      ...PRESETS.map((preset) => h("option", { value: preset.id }, preset.name))));
    this.again = button("wb-button.wb-quiet", { title: "Forget my changes of this preset" }, "Reset to the preset");
    this.card = button("wb-button", { title: "These keys on one page, as PDF" }, "Key card (PDF)");
    this.status = h("p.wb-key-status", { role: "status", "data-testid": "key-status" }, WAITING);
    this.groups = h("div.wb-key-groups");
    this.content.append(h("div.wb-key-head", {}, this.search, this.preset, this.again, this.card), this.status, this.groups);
    scope.on(this.search, "input", () => this.#find());
    scope.on(this.preset, "change", () => this.#usePreset());
    scope.on(this.again, "click", () => this.#reset());
    scope.on(this.card, "click", () => void hear.onCard().catch((error) => this.#tell(error.message, true)));
    scope.on(this.groups, "click", (event) => this.#clicked(event));
  }

  /** @param {Meaning[]} codes of the pass */
  fill(codes) {
    this.codes = codes;
    this.search.value = "";
    this.#draw();
    this.#tell(WAITING);
  }

  /** The map has changed elsewhere, or here. */
  redraw() {
    const at = this.#rows.find(({ element }) => element === document.activeElement)?.command;
    this.#draw();
    if (at) this.#rows.find(({ command }) => command === at)?.element.focus();
  }

  /** @override @param {HTMLElement} [first] */
  show(first = this.search) {
    super.show(first);
    this.content.scrollTop = 0;
  }

  /** A key while this is open. @param {KeyboardEvent} event @param {import("../commands.js").Command | null} command @returns {boolean} whether it was for this */
  hear(event, command) {
    if (this.#taking) return this.#take(event);
    const row = this.#rows.find(({ element }) => element === document.activeElement);
    const empty = document.activeElement !== this.search || this.search.value === "";
    if (event.key === "Escape" || (command?.id === "help" && (empty || event.key.length > 1))) this.close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") return this.#move(event, row);
    else if (row && (event.key === "Enter" || event.key === "Insert")) this.#ask(row.command, event.key === "Insert");
    else if (row && (event.key === "Delete" || event.key === "Backspace")) this.#give(row.command, null);
    else return this.#type(event, row);
    return true;
  }

  /** What is typed while a row has the focus goes on in the search. @param {KeyboardEvent} event @param {Row | undefined} row */
  #type(event, row) {
    if (row && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) this.search.focus();
    return false;
  }

  /** @param {KeyboardEvent} event @param {Row | undefined} row */
  #move(event, row) {
    if (document.activeElement === this.preset) return false;
    const seen = this.#rows.filter(({ element, command }) => command !== "" && element.checkVisibility());
    const at = row ? seen.indexOf(row) : -1;
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) this.search.focus();
    else seen[Math.min(next, seen.length - 1)]?.element.focus();
    return true;
  }

  /** @param {KeyboardEvent} event @returns {boolean} */
  #take(event) {
    const { command, more } = /** @type {{command: string, more: boolean}} */ (this.#taking);
    if (event.key === "Escape") {
      this.#stop();
      this.#tell("Left as it was.");
      return true;
    }
    const chord = chordOf(event);
    if (chord === null || event.repeat) return true;
    const why = refusal(chord, command, keymap.map, this.hears.codes(), codeKey(event) ?? "");
    if (why) this.#tell(`${keyName(chord)} is refused. ${why} Press another key, or Esc.`, true);
    else this.#give(command, more ? [...keymap.map.keysOf(command).filter((key) => key !== chord), chord] : [chord]);
    return true;
  }

  /** @param {string} command @param {boolean} more */
  #ask(command, more) {
    if (FIXED.has(command)) return this.#tell("Esc always closes what is open; it stays where it is.", true);
    this.#stop();
    this.#taking = { command, more };
    const row = this.#rows.find((one) => one.command === command);
    row?.element.classList.add("wb-taking");
    row?.element.focus();
    this.#tell(`${more ? "Press one more key" : "Press the new key"} for "${nameOf(command)}", or Esc.`);
  }

  #stop() {
    this.#taking = null;
    for (const { element } of this.#rows) element.classList.remove("wb-taking");
  }

  /** @param {string} command @param {string[] | null} keys */
  #give(command, keys) {
    this.#stop();
    if (FIXED.has(command)) return;
    this.#use(changed(keymap.kept, command, keys));
    this.#rows.find((one) => one.command === command)?.element.focus();
    this.#tell(`${nameOf(command)}: ${keymap.map.keysOf(command).map(keyName).join(" or ") || "no key is free; give it one"}.`);
  }

  #usePreset() {
    this.#stop();
    this.#use({ ...keymap.kept, preset: this.preset.value });
    this.#tell(`${presetOf(this.preset.value).name}. ${presetOf(this.preset.value).about}`);
  }

  #reset() {
    this.#stop();
    this.#use(reset(keymap.kept));
    this.#tell(`All keys are those of the preset ${presetOf(keymap.kept.preset).name} again.`);
  }

  /** @param {import("../keymap.js").Kept} kept */
  #use(kept) {
    this.hears.onKeys(kept); // the page redraws this too
  }

  /** @param {string} text @param {boolean} [refused] */
  #tell(text, refused = false) {
    say(this.status, text);
    mark(this.status, "data-tone", refused ? "warn" : null);
  }

  #draw() {
    this.preset.value = keymap.kept.preset;
    this.#rows = [];
    const groups = [...new Set(COMMANDS.map((c) => c.group))];
    const own = this.codes.filter(({ code }) => code.hotkey);
    this.groups.replaceChildren(
      this.#group("Codes of this pass", own.map(({ stream, code }) => this.#codeRow(stream, code))),
      ...groups.map((group) => this.#group(group, COMMANDS.filter((c) => c.group === group).map((c) => this.#commandRow(c)))),
    );
    this.again.disabled = Object.keys(keymap.kept.changes[keymap.kept.preset] ?? {}).length === 0;
    this.#filter();
  }

  /** @param {string} name @param {HTMLElement[]} rows */
  #group(name, rows) {
    return h("div.wb-help", { role: "group", "aria-label": name }, h("h3", {}, name), h("ul.wb-key-rows", {}, ...rows.map((row) => h("li", {}, row))));
  }

  /** @param {import("../protocol.js").Stream} stream @param {import("../protocol.js").Code} code */
  #codeRow(stream, code) {
    const key = keyName(String(code.hotkey));
    const element = h("div.wb-key-row", {}, h("span.wb-key-keys", {}, keycap(key)), h("span", {}, `${code.name} (${stream.name})`));
    this.#rows.push({ element, command: "", text: `${code.name} ${stream.name} ${key}` });
    return element;
  }

  /** @param {import("../commands.js").Command} command */
  #commandRow({ id, name, group }) {
    const keys = keymap.map.keysOf(id).map(keyName);
    const mine = isOwn(keymap.kept, id);
    const element = button("wb-key-row", { "data-command-row": id, "aria-label": `${name}: ${keys.join(" or ") || "no key"}${mine ? ", changed" : ""}` },
      h("span.wb-key-keys", {}, ...keys.map((key) => keycap(key))), h("span", {}, name), mine ? h("span.wb-key-own", { title: "Changed by you" }, "own") : null);
    this.#rows.push({ element, command: id, text: `${name} ${group} ${keys.join(" ")}` });
    return element;
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest("[data-command-row]");
    const command = row?.getAttribute("data-command-row");
    if (command) this.#ask(command, false);
  }

  #find() {
    const count = this.#filter();
    if (this.search.value) this.#tell(count === 1 ? "1 found." : `${count} found.`);
    else this.#tell(WAITING);
  }

  /** @returns {number} how many rows are shown */
  #filter() {
    let count = 0;
    for (const { element, text } of this.#rows) {
      const shown = fit(this.search.value, text) > 0;
      /** @type {HTMLElement} */ (element.parentElement).hidden = !shown;
      if (shown) count += 1;
    }
    for (const section of this.groups.children) {
      /** @type {HTMLElement} */ (section).hidden = !section.querySelector("li:not([hidden])");
    }
    return count;
  }
}

/** @param {string} id @returns {string} */
function nameOf(id) {
  return COMMANDS.find((command) => command.id === id)?.name ?? id;
}
