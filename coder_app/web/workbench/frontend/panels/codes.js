// The codes of the pass under their keys: one group a stream, what holds at the playhead, and the words that define a code.
// @ts-check

import { button, h, keycap, mark, say } from "../dom.js";
import { laneKey } from "../timeline/layout.js";
import { shortTime } from "../time-label.js";

/** @typedef {import("../protocol.js").Stream} Stream */
/** @typedef {import("../protocol.js").Code} Code */
/** @typedef {import("../protocol.js").Event} Event */

export class Codes {
  /** @type {{stream: Stream, code: Code, element: HTMLElement, sum: HTMLElement}[]} */
  #buttons = [];
  /** @type {Map<string, HTMLElement>} */
  #now = new Map();
  /** @type {Code | null} */
  #hovered = null;
  /** Whose words are shown; undefined before any. @type {Code | null | undefined} */
  #defined = undefined;

  /** @param {import("../scope.js").Scope} scope @param {{onCode: (stream: Stream, code: Code) => void}} hear */
  constructor(scope, hear) {
    this.scope = scope;
    this.hear = hear;
    this.groups = h("div.wb-codes", { role: "group", "aria-label": "Codes" });
    this.definition = h("div.wb-definition", { "data-testid": "definition" });
    /** @type {import("../scope.js").Scope} */
    this.held = scope.child();
  }

  /** @param {Stream[]} streams of the pass @param {Map<string, import("../palette.js").Paint>} paints */
  load(streams, paints) {
    this.held.end();
    this.held = this.scope.child();
    this.#buttons = [];
    this.#now.clear();
    this.groups.replaceChildren(...streams.map((stream) => this.#group(stream, paints)));
    if (!streams.some((stream) => stream.codes.some((code) => code === this.current))) this.current = null;
    this.#hover(null);
  }

  /** @param {Stream} stream @param {Map<string, import("../palette.js").Paint>} paints */
  #group(stream, paints) {
    const now = h("span.wb-now");
    this.#now.set(stream.id, now);
    const codes = stream.codes.filter((c) => c.hotkey || !c.implied);
    const keys = codes.map((code) => {
      const colours = paints.get(`${stream.id}.${code.id}`);
      const sum = h("span.wb-code-sum");
      const element = button("wb-code", {
        "--fill": colours?.fill, "aria-pressed": "false", "data-code": `${stream.id}.${code.id}`, title: code.definition,
        "aria-keyshortcuts": code.hotkey,
      }, keycap(code.hotkey), h("span.wb-code-name", {}, code.name), sum);
      this.held.on(element, "click", () => this.hear.onCode(stream, code));
      for (const type of ["pointerenter", "focus"]) this.held.on(element, type, () => this.#hover(code));
      for (const type of ["pointerleave", "blur"]) this.held.on(element, type, () => this.#hover(null));
      this.#buttons.push({ stream, code, element, sum });
      return element;
    });
    return h("section.wb-stream", { "aria-label": stream.name }, h("div.wb-stream-head", {}, h("h3", {}, stream.name), now), h("div.wb-keys", {}, ...keys));
  }

  /** @param {Code | null} code */
  #hover(code) {
    this.#hovered = code;
    this.#define(code ?? this.current);
  }

  /** @type {Code | null} */
  current = null;

  /** @param {Code | null} code of the selected event, or pressed last */
  define(code) {
    this.current = code;
    this.#define(this.#hovered ?? code);
  }

  /** @param {Code | null} code */
  #define(code) {
    if (code === this.#defined) return;
    this.#defined = code;
    if (code === null) return this.definition.replaceChildren(h("span.wb-faint", {}, "Point at a code to read its definition."));
    const more = /** @type {[string, string][]} */ ([
      ["Onset", code.onset], ["Offset", code.offset], ["With", code.include.join("; ")], ["Not", code.exclude.join("; ")],
    ]);
    this.definition.replaceChildren(h("p", {}, h("b", {}, code.name), ` ${code.definition}`),
      ...more.filter(([, text]) => text).map(([name, text]) => h("p", {}, h("i", {}, name), ` ${text}`)));
  }

  /**
   * Lights the codes that hold at the playhead. @param {number} now_us @param {import("../timeline/event-index.js").EventIndex} index
   * @param {(event: Event) => number} endOf
   */
  update(now_us, index, endOf) {
    /** @type {Map<string, Event[]>} */
    const holding = new Map();
    for (const { stream, code, element } of this.#buttons) {
      const bout = code.kind === "state" ? index.boutAt(laneKey(stream, code.id), now_us, endOf) : null;
      const on = bout?.code === code.id;
      mark(element, "aria-pressed", String(on));
      if (on && bout) holding.set(stream.id, [...(holding.get(stream.id) ?? []), bout]);
    }
    for (const [id, element] of this.#now) {
      const bouts = holding.get(id) ?? [];
      const names = bouts.map((b) => this.#buttons.find((k) => k.stream.id === id && k.code.id === b.code)?.code.name);
      const since = bouts.length === 1 ? ` since ${shortTime(/** @type {number} */ (bouts[0].onset_us))}` : "";
      say(element, names.length > 0 ? names.join(", ") + since : "");
    }
  }

  /** How often and how long each code so far. @param {(name: string) => {count: number, duration_us: number} | null} sumOf null hides it */
  showSums(sumOf) {
    for (const { stream, code, sum } of this.#buttons) {
      const { count, duration_us } = sumOf(`${stream.id}.${code.id}`) ?? { count: 0, duration_us: 0 };
      const length = code.kind === "state" ? ` · ${(Math.floor(duration_us / 100_000) / 10).toFixed(1)} s` : "";
      say(sum, count > 0 ? `${count}${length}` : "");
    }
  }

  /** Marks the codes whose key is held while they last. @param {(stream: Stream, code: Code) => boolean} isHeld */
  markHeld(isHeld) {
    for (const { stream, code, element } of this.#buttons) mark(element, "data-held", isHeld(stream, code) ? "true" : null);
  }

  /** Shows which key was pressed. @param {string} stream @param {string} code */
  press(stream, code) {
    const found = this.#buttons.find((b) => b.stream.id === stream && b.code.id === code);
    if (!found) return;
    found.element.classList.add("wb-pressed");
    this.scope.after(160, () => found.element.classList.remove("wb-pressed"));
  }
}
