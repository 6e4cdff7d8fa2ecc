// Both codings above each other on a canvas: zoom, scroll, click a disagreement or an instant.
// @ts-check

import { fitted, scrolled, timeAt, zoomed } from "../timeline/layout.js";
import { luminance, paints } from "../palette.js";
import { RULER_PX, drawPairs, drawRuler } from "./draw.js";
import { made } from "./elements.js";
import { GAP_PX, PAIR_PX, pairAt, pairs } from "./lanes.js";
import { at, viewOf } from "./queue.js";

const NEAR_PX = 4;
const WHEEL = 1.0015;

export class Lines {
  /** @type {number | null} */
  chosen = null;
  /** @type {number | null} */
  head_us = null;
  #only = "";

  /**
   * @param {import("../scope.js").Scope} scope @param {any} parts @param {import("./main.js").Data} data
   * @param {(i: number) => void} choose @param {(t_us: number) => void} goTo
   */
  constructor(scope, parts, data, choose, goTo) {
    this.parts = parts;
    this.data = data;
    this.view = { from_us: 0, span_us: Math.max(data.end_us, 1), width_px: 600, end_us: data.end_us };
    this.streams = new Map(data.streams.map((s) => [s.id, s]));
    this.names = new Map(data.streams.flatMap((s) => s.codes.map((c) => [`${s.id}.${c.id}`, [c.name, c.short].filter(Boolean)])));
    this.paint = scope.painter(() => this.#draw());
    scope.resized(parts.scroll, () => this.#measure());
    scope.on(window.matchMedia("(prefers-color-scheme: dark)"), "change", () => this.paint());
    scope.on(parts.canvas, "click", (event) => this.#click(event, choose, goTo));
    scope.on(parts.canvas, "wheel", (event) => this.#wheel(event), { passive: false });
    this.only("");
  }

  /** Shows the lanes of one stream, or of all. @param {string} stream */
  only(stream) {
    this.#only = stream;
    this.layout = pairs(this.data.streams, this.#only);
    this.parts.names.replaceChildren(...this.layout.pairs.map((pair) => this.#name(pair)));
    this.#measure();
  }

  /** @param {import("./lanes.js").Pair} pair */
  #name(pair) {
    const style = `top:${pair.top}px;height:${PAIR_PX + GAP_PX}px`;
    const [first, second] = this.data.sides;
    const title = pair.under === "" ? pair.name : `${pair.name}: ${pair.under}`;
    return made("div", { class: "cag-name", style, title }, made("b", {}, title), made("span", {}, first), made("span", {}, second));
  }

  #measure() {
    const { canvas, ruler, names, scroll } = this.parts;
    const width = Math.max(100, scroll.clientWidth - names.offsetWidth);
    this.view = fitted({ ...this.view, width_px: width });
    for (const [one, height] of [[canvas, this.layout?.height ?? PAIR_PX], [ruler, RULER_PX]]) {
      const ratio = window.devicePixelRatio || 1;
      one.width = Math.round(width * ratio);
      one.height = Math.round(height * ratio);
      Object.assign(one.style, { width: `${width}px`, height: `${height}px` });
      one.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this.#draw();
  }

  #draw() {
    if (!this.layout) return;
    const theme = this.#theme();
    const dark = luminance(theme.ground) < 0.2;
    const scene = {
      view: this.view, theme, pairs: this.layout.pairs, streams: this.streams, names: this.names,
      paints: paints(/** @type {any} */ (this.data.streams), dark), disagreements: this.data.disagreements,
      chosen: this.chosen, head_us: this.head_us,
    };
    drawRuler(this.parts.ruler.getContext("2d"), scene);
    drawPairs(this.parts.canvas.getContext("2d"), scene, this.layout.height);
  }

  /** Colours of the page, as the canvas needs them. @returns {import("../timeline/draw.js").Theme} */
  #theme() {
    const style = getComputedStyle(this.parts.root);
    const get = (/** @type {string} */ name, /** @type {string} */ other) => style.getPropertyValue(name).trim() || other;
    const ground = get("--cag-ground", "#ffffff");
    const quiet = get("--cag-quiet", "#5c6970");
    return {
      text: get("--cag-text", "#1f2a30"), quiet, line: get("--cag-line", "#d9dfe1"), ground, panel: ground,
      accent: get("--cag-accent", "#0b6374"), danger: quiet, uncoded: get("--cag-uncoded", "#eef1f1"), none: get("--cag-none", "#f8f9f9"),
      wave: quiet, face: style.fontFamily,
    };
  }

  /** @param {number} i */
  mark(i) {
    this.chosen = i;
    this.view = fitted({ ...this.view, ...viewOf(this.view, this.data.disagreements[i]) });
    const pair = this.layout?.pairs.find((p) => p.stream === this.data.disagreements[i].stream);
    const { scroll } = this.parts;
    if (pair && (pair.top < scroll.scrollTop || pair.top + PAIR_PX > scroll.scrollTop + scroll.clientHeight)) scroll.scrollTop = pair.top - 8;
    this.paint();
  }

  /** @param {number} t_us */
  head(t_us) {
    this.head_us = t_us;
    this.paint();
  }

  whole() {
    this.view = fitted({ ...this.view, from_us: 0, span_us: this.view.end_us });
    this.paint();
  }

  /** @param {number} factor @param {number} [anchor_us] */
  zoom(factor, anchor_us) {
    this.view = zoomed(this.view, factor, anchor_us ?? this.head_us ?? this.view.from_us + this.view.span_us / 2);
    this.paint();
  }

  /** @param {MouseEvent} event @param {(i: number) => void} choose @param {(t_us: number) => void} goTo */
  #click(event, choose, goTo) {
    const t_us = timeAt(this.view, event.offsetX);
    const pair = pairAt(this.layout?.pairs ?? [], event.offsetY);
    const near_us = (NEAR_PX / this.view.width_px) * this.view.span_us;
    const found = pair && at(this.data.disagreements, pair.stream, t_us, near_us);
    if (found !== null) choose(found);
    else goTo(Math.min(Math.max(t_us, 0), this.view.end_us));
  }

  /** With Control zoom; sideways (or with Shift) scroll; up and down stay the page's. @param {WheelEvent} event */
  #wheel(event) {
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.ctrlKey) this.zoom(WHEEL ** event.deltaY, timeAt(this.view, event.offsetX));
    else if (Math.abs(sideways) > 0) this.view = scrolled(this.view, (sideways / this.view.width_px) * this.view.span_us);
    else return;
    event.preventDefault();
    this.paint();
  }
}
