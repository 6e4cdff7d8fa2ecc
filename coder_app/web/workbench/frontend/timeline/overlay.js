// What moves with the picture: the playhead, what is being watched, the running bouts that grow at it. These are elements that are
// only moved and stretched, so that no canvas is painted anew for them. What the mouse drags is drawn on a canvas, while it does.
// @ts-check

import { h, show } from "../dom.js";
import { drawBout, drawPoint } from "./draw.js";
import { xOf } from "./layout.js";
import { sliding } from "./sliding.js";
import { shortTime } from "../time-label.js";

/**
 * @typedef {{now_us: number, watching: {from_us: number, to_us: number} | null, top: number}} Moment
 * @typedef {import("./draw.js").Scene} Scene
 */

/** The playhead and what grows at it. */
export class Moving {
  /** @type {{element: HTMLElement, stretch: (px: number) => void, style: string}[]} */
  #bars = [];
  #used = 0;
  #shows = "";

  constructor() {
    this.playhead = h("div.wb-playhead", { "aria-hidden": "true" });
    this.rows = h("div.wb-growing", { "aria-hidden": "true" });
    this.slide = sliding(this.playhead, "translate");
  }

  /** @param {Scene} scene @param {Moment} moment */
  update(scene, { now_us, watching, top }) {
    const { view } = scene;
    const x = Math.round(xOf(view, now_us));
    this.slide(x);
    const hidden = x < 0 || x > view.width_px;
    if (this.playhead.hidden !== hidden) this.playhead.hidden = hidden;
    if (watching === null && this.#used === 0) return;
    const shows = `${watching?.from_us} ${watching?.to_us} ${view.from_us} ${view.span_us} ${view.width_px} ${top}`;
    if (shows === this.#shows && watching === null) return;
    this.#shows = shows;
    const before = this.#used;
    this.#used = 0;
    if (watching) for (const row of scene.rows) this.#grow(scene, row, watching, top);
    for (let n = this.#used; n < before; n++) this.#bars[n].element.hidden = true;
  }

  /** @param {Scene} scene @param {import("./layout.js").Row} row @param {{from_us: number, to_us: number}} watching @param {number} top */
  #grow(scene, row, watching, top) {
    for (const lane of row.lanes) {
      const last = scene.index.lane(lane.key).bouts.at(-1);
      if (!last || last.offset_us !== null) continue;
      const reach = scene.endOf(last);
      if (watching.from_us > reach || watching.to_us <= reach) continue;
      this.#bar(scene.view, reach, watching.to_us, top + lane.top + 1, lane.height - 2, scene.paintOf(last)?.fill ?? scene.theme.quiet, 1);
    }
    this.#bar(scene.view, watching.from_us, watching.to_us, top + row.top + row.height + 1, 2, scene.theme.accent, 0.55);
  }

  /** @param {import("./layout.js").View} view @param {number} from_us @param {number} to_us @param {number} y @param {number} height @param {string} colour @param {number} opacity */
  #bar(view, from_us, to_us, y, height, colour, opacity) {
    const [x, right] = [Math.max(0, xOf(view, from_us)), Math.min(view.width_px, xOf(view, to_us))];
    const bar = (this.#bars[this.#used] ??= this.#newBar());
    this.#used += 1;
    show(bar.element, right >= 0 && x <= view.width_px);
    const style = `height:${height}px;background:${colour};opacity:${opacity};translate:${x}px ${y}px`;
    if (bar.style !== style) bar.element.style.cssText = bar.style = style;
    bar.stretch(Math.max(1, right - x));
  }

  #newBar() {
    const element = this.rows.appendChild(h("div"));
    return { element, stretch: sliding(element, "scale"), style: "" };
  }
}

/**
 * What the mouse drags, where it would come to lie; or the band drawn round events.
 * @param {CanvasRenderingContext2D} context @param {Scene} scene @param {import("./pointer.js").Shown} shown
 * @param {(event: import("../protocol.js").Event) => {top: number, height: number} | null} laneOf @param {{top: number, head: number, height: number}} place
 */
export function drawDragged(context, scene, shown, laneOf, { top, head, height }) {
  const { view, theme } = scene;
  context.clearRect(0, 0, view.width_px, height);
  context.save();
  context.beginPath();
  context.rect(0, head, view.width_px, height - head);
  context.clip();
  context.translate(0, top);
  for (const { event, onset_us, offset_us } of shown.moved) {
    const lane = laneOf(event);
    if (!lane) continue;
    context.fillStyle = theme.ground;
    context.globalAlpha = 0.6;
    const from = xOf(view, /** @type {number} */ (event.onset_us));
    context.fillRect(from, lane.top, Math.max(2, xOf(view, scene.endOf(event)) - from), lane.height);
    context.globalAlpha = 1;
    const there = { ...event, onset_us, offset_us };
    if (event.kind === "point") drawPoint(context, scene, lane, there, onset_us);
    else drawBout(context, scene, lane, there, onset_us, offset_us ?? Math.max(onset_us, scene.endOf(event)));
  }
  if (shown.band) drawBand(context, theme.accent, shown.band);
  context.restore();
  if (shown.at_us !== null) drawEdge(context, scene, shown.at_us, head, height);
}

/** @param {CanvasRenderingContext2D} context @param {string} colour @param {{x: number, y: number, width: number, height: number}} band */
function drawBand(context, colour, { x, y, width, height }) {
  context.fillStyle = context.strokeStyle = colour;
  context.globalAlpha = 0.12;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  context.lineWidth = 1;
  context.strokeRect(Math.round(x) + 0.5, Math.round(y) + 0.5, Math.round(width), Math.round(height));
}

/** The edge that is held, through all rows, with its time. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} at_us @param {number} head @param {number} height */
function drawEdge(context, { view, theme }, at_us, head, height) {
  const x = Math.round(xOf(view, at_us));
  context.fillStyle = theme.accent;
  context.fillRect(x, head, 1, height - head);
  context.font = `600 11.5px ${theme.face}`;
  context.textBaseline = "middle";
  const text = shortTime(at_us);
  const width = context.measureText(text).width + 10;
  const left = Math.min(Math.max(0, x - width / 2), view.width_px - width);
  context.fillRect(left, head - 18, width, 17);
  context.fillStyle = theme.ground;
  context.fillText(text, left + 5, head - 9);
}
