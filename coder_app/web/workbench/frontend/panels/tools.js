// What is needed now and then: speed, steps, loops, sound and picture, in a panel above the transport.
// @ts-check

import { button, h, mark, say } from "../dom.js";
import { hint } from "../keys.js";
import { AS_RECORDED, RANGES, fittedLook } from "../picture.js";
import { LEAD_INS_US } from "../playback.js";
import { MOST_MS } from "../reaction.js";
import { SPEEDS } from "../video.js";

const FASTEST = SPEEDS[SPEEDS.length - 1];
const MOST_FRAMES = 1000;

/** @typedef {{read: () => number, write: (value: number) => void, text: (value: number) => string}} Bound */
/** @typedef {{element: HTMLElement, update: () => void, input: HTMLInputElement}} Row */

export class Tools {
  /** @type {Row[]} */
  #rows = [];

  /** @param {import("../workbench.js").Workbench} bench @param {() => import("./stage.js").Stage} stage @param {() => void} onClose */
  constructor(bench, stage, onClose) {
    this.bench = bench;
    this.stage = stage;
    this.onClose = onClose;
    this.element = h("div.wb-tool-panel", { role: "dialog", "aria-label": "Speed, picture and sound", hidden: true, "data-testid": "tools" },
      ...this.#times(), h("hr"), ...this.#looks(), h("div.wb-tool-foot", {}, ...this.#actions()));
    bench.scope.on(this.element, "keydown", (event) => event.key === "Escape" && this.close());
  }

  get open() {
    return !this.element.hidden;
  }

  toggle() {
    if (this.open) return this.close();
    this.element.hidden = false;
    this.update();
    this.#rows[0].input.focus();
  }

  close() {
    if (!this.open) return;
    this.element.hidden = true;
    this.onClose();
  }

  update() {
    if (this.open) for (const row of this.#rows) row.update();
  }

  #times() {
    const { bench } = this;
    const player = () => /** @type {import("../video.js").Player} */ (bench.player);
    const { playback } = bench;
    return [
      this.#number("Speed", { min: SPEEDS[0], max: FASTEST, step: 0.05 }, "x", { read: () => player().rate, write: (v) => (player().rate = v) }),
      this.#slider("Speed by hand", { min: Math.log2(SPEEDS[0]), max: Math.log2(FASTEST), step: "any" }, {
        read: () => Math.log2(player().rate), write: (v) => (player().rate = Math.round(2 ** v * 20) / 20), text: (v) => `${Math.round(2 ** v * 100) / 100}x`,
      }),
      this.#number("Several frames", { min: 2, max: MOST_FRAMES, step: 1 }, "frames", { read: () => playback.frames, write: (v) => playback.setFrames(v) }),
      this.#number("Loop starts", { min: 0, max: 60, step: LEAD_INS_US[1] / 1_000_000 }, "s before the event", {
        read: () => playback.lead_us / 1_000_000, write: (v) => playback.setLead(v * 1_000_000),
      }),
      this.#number("Reaction time", { min: 0, max: MOST_MS, step: 10 }, "ms earlier, 0: off", { read: () => bench.reaction.ms, write: (v) => bench.reaction.set(v) }),
    ];
  }

  #looks() {
    const percent = (/** @type {number} */ v) => `${Math.round(v * 100)} %`;
    const look = (/** @type {"zoom" | "brightness" | "contrast"} */ name) => ({
      read: () => this.stage().look[name], write: (/** @type {number} */ v) => this.stage().lookAt(fittedLook({ ...this.stage().look, [name]: v })), text: percent,
    });
    const video = () => this.stage().video;
    const ends = (/** @type {readonly number[]} */ [min, max]) => ({ min, max, step: 0.05 });
    return [
      this.#slider("Volume", { min: 0, max: 1, step: 0.05 }, {
        read: () => (video().muted ? 0 : video().volume), text: percent,
        write: (v) => {
          video().volume = v;
          video().muted = v === 0;
        },
      }),
      this.#slider("Size", ends(RANGES.zoom), look("zoom")),
      this.#slider("Brightness", ends(RANGES.brightness), look("brightness")),
      this.#slider("Contrast", ends(RANGES.contrast), look("contrast")),
    ];
  }

  #actions() {
    const { bench } = this;
    return /** @type {[string, string][]} */ ([["pictureReset", "As recorded"], ["snapshot", "Save frame"], ["fullWindow", "Full window"]]).map(([command, name]) => {
      const key = button("wb-small", { title: hint(command), "data-command": command }, name);
      bench.scope.on(key, "click", () => bench.controls.run(command));
      if (command === "pictureReset") {
        this.#rows.push({ element: key, input: this.#rows[0].input, update: () => (key.disabled = this.stage().look === AS_RECORDED) });
      }
      return key;
    });
  }

  /** @param {string} name @param {Record<string, any>} attributes @param {Bound} bound @returns {HTMLElement} */
  #slider(name, attributes, { read, write, text }) {
    const input = /** @type {HTMLInputElement} */ (h("input", { type: "range", "aria-label": name, ...attributes }));
    const shown = h("output.wb-tool-value");
    this.bench.scope.on(input, "input", () => {
      write(Number(input.value));
      this.bench.paint();
    });
    this.bench.scope.on(input, "pointerup", () => this.bench.frame.focus());
    const update = () => {
      const value = read();
      if (Math.abs(Number(input.value) - value) > 0.001) input.value = String(value);
      say(shown, text(value));
      mark(input, "aria-valuetext", text(value));
    };
    return this.#row({ element: h("label.wb-tool-row", {}, h("span", {}, name), input, shown), update, input });
  }

  /** @param {string} name @param {Record<string, any>} attributes @param {string} unit @param {Omit<Bound, "text">} bound @returns {HTMLElement} */
  #number(name, attributes, unit, { read, write }) {
    const input = /** @type {HTMLInputElement} */ (h("input.wb-tool-number", { type: "number", "aria-label": name, ...attributes }));
    const { scope } = this.bench;
    const take = () => {
      const value = Number(input.value);
      const right = input.value !== "" && value >= attributes.min && value <= attributes.max;
      mark(input, "aria-invalid", right ? null : "true");
      if (right) write(value);
      else this.bench.say(`${name}: ${attributes.min} to ${attributes.max}.`);
      this.bench.paint();
    };
    scope.on(input, "input", take);
    scope.on(input, "blur", () => {
      mark(input, "aria-invalid", null);
      update();
    });
    scope.on(input, "keydown", (event) => event.key === "Enter" && this.onClose());
    const update = () => {
      if (this.bench.root.ownerDocument.activeElement !== input) input.value = String(Math.round(read() * 1000) / 1000);
    };
    return this.#row({ element: h("label.wb-tool-row.wb-typed", {}, h("span", {}, name), input, h("span.wb-tool-value", {}, unit)), update, input });
  }

  /** @param {Row} row */
  #row(row) {
    this.#rows.push(row);
    return row.element;
  }
}
