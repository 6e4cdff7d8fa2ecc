// Rows between the ruler and the streams: the spectrogram and the motion in regions of the picture, each with its name and how far
// it is. What they show is told to them.
// @ts-check

import { button, h, mark } from "../dom.js";
import { Layer } from "./layer.js";
import { timeAt, xOf } from "./layout.js";
import { drawMotion, highest } from "./motion.js";
import { frequencyAt } from "./spectrogram.js";

export const HEIGHTS = Object.freeze({ spectrogram: 52, motion: 27 });

/** @typedef {import("./layout.js").View} View */
/**
 * @typedef {{id: string, kind: "spectrogram" | "motion", name: string, state: string, why: string, act: "stop" | "again" | null,
 *   spectrogram?: import("./spectrogram.js").Spectrogram | null, motion?: import("./motion.js").Motion | null}} TrackRow
 * @typedef {{onAct: (act: "stop" | "again", row: TrackRow) => void, onName: (row: TrackRow) => void}} Hear
 */

export class TrackRows {
  /** @type {(TrackRow & {top: number, height: number})[]} */
  rows = [];
  /** How high they are on the page, all of them and what of them is seen. */
  height = 0;
  seen_px = 0;
  /** @type {import("../frame-table.js").FrameTable | null} */
  table = null;
  #shows = "";

  /** @param {import("../scope.js").Scope} scope @param {Hear} hear */
  constructor(scope, hear) {
    this.scope = scope;
    this.held = scope.child();
    this.hear = hear;
    this.layer = new Layer("wb-measures");
    this.layer.canvas.dataset.testid = "measures";
    this.labels = h("div.wb-measure-labels");
    this.element = h("div.wb-measured", { hidden: true, "data-testid": "tracks" }, this.labels, this.layer.canvas);
  }

  /** @param {TrackRow[]} rows @returns {boolean} whether their places have changed */
  show(rows) {
    let top = 0;
    this.rows = rows.map((row) => {
      const height = HEIGHTS[row.kind];
      top += height;
      return { ...row, top: top - height, height };
    });
    const changed = top !== this.height;
    this.height = top;
    this.element.hidden = top === 0;
    const shows = JSON.stringify(rows.map(({ id, name, state, act }) => [id, name, state, act]));
    if (shows !== this.#shows) this.#label();
    this.#shows = shows;
    return changed;
  }

  #label() {
    this.held.end();
    this.held = this.scope.child();
    this.labels.style.height = `${this.height}px`;
    this.labels.replaceChildren(...this.rows.map((row) => {
      const name = button("wb-measure-name", { title: row.kind === "motion" ? `Motion in the region ${row.name}` : row.name }, row.name);
      this.held.on(name, "click", () => this.hear.onName(row));
      const act = row.act && button("wb-measure-act", { title: row.act === "stop" ? "Stop measuring" : "Measure it again" }, row.act === "stop" ? "Stop" : "Again");
      if (act && row.act) this.held.on(act, "click", () => row.act && this.hear.onAct(row.act, row));
      const state = h("span.wb-measure-state", { title: row.why || null }, row.state);
      const style = `top:${row.top}px;height:${row.height}px`;
      return h(`div.wb-measure-label.wb-${row.kind}`, { style, "data-track": row.id, "data-state": row.state }, name, state, act);
    }));
  }

  /** Fits the canvas to the page, which has to be measured for it. @param {number} width @returns {boolean} whether it had to change */
  fit(width) {
    this.seen_px = this.element.hidden ? 0 : this.element.offsetHeight;
    return this.height > 0 && this.layer.fit(width, this.height);
  }

  /** @param {View} view @param {{theme: import("./draw.js").Theme, first_us: number}} how */
  draw(view, { theme, first_us }) {
    if (this.height === 0) return;
    const { context } = this.layer;
    context.clearRect(0, 0, view.width_px, this.height);
    const end = Math.min(view.width_px, xOf(view, view.end_us));
    const frames = this.rows.some((row) => row.motion) ? this.#frames(view, end) : [];
    for (const row of this.rows) {
      context.fillStyle = theme.none;
      context.fillRect(0, row.top + 1, end, row.height - 2);
      if (row.motion) drawMotion(context, row.motion, frames, theme.wave, row);
      const inside = { top: row.top + 1, height: row.height - 2 };
      row.spectrogram?.draw(context, view, { ink: theme.text, first_us }, inside);
    }
  }

  /** The frame that each pixel begins with, and the one after the last. @param {View} view @param {number} end_px */
  #frames(view, end_px) {
    const { table } = this;
    if (!table) return [];
    return Array.from({ length: Math.max(Math.ceil(end_px), 0) + 1 }, (_, x) => table.frameAt(timeAt(view, x)));
  }

  /** Says in the canvas's hint what lies at a place of it. @param {View} view @param {number} x @param {number} y */
  name(view, x, y) {
    mark(this.layer.canvas, "title", this.describe(view, x, y));
  }

  /** What lies at a place of the canvas, in words. @param {View} view @param {number} x @param {number} y @returns {string} */
  describe(view, x, y) {
    const row = this.rows.find(({ top, height }) => y >= top && y < top + height);
    if (row?.spectrogram) {
      const hz = frequencyAt(row.spectrogram.about, 1 - (y - row.top) / row.height);
      return `${Math.round(hz / 10) * 10} Hz`;
    }
    if (!row?.motion || !this.table) return "";
    const frame = this.table.frameAt(timeAt(view, x));
    return `${row.name}: ${highest(row.motion, frame, frame + 1).toFixed(1)} grey levels, full height ${row.motion.peak.toFixed(1)}`;
  }
}
