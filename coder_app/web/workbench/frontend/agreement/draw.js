// Draws both coders' lanes and, between them, where they differ.
// @ts-check

import { ticks } from "../timeline/ticks.js";
import { eachVisible, within, xOf } from "../timeline/layout.js";
import { drawBout, drawPoint } from "../timeline/draw.js";
import { patterned } from "../timeline/patterns.js";
import { tickLabel } from "../time-label.js";
import { LANE_PX, MARK_PX, PAIR_PX, concerns, lane } from "./lanes.js";

export const RULER_PX = 20;

/** @typedef {import("../timeline/draw.js").Theme} Theme */
/** @typedef {import("../timeline/layout.js").View} View */
/**
 * @typedef {{view: View, theme: Theme, pairs: import("./lanes.js").Pair[], streams: Map<string, import("./lanes.js").Stream>,
 *   paints: Map<string, import("../palette.js").Paint>, names: Map<string, string[]>,
 *   disagreements: import("./queue.js").Disagreement[], chosen: number | null, head_us: number | null}} Scene
 */

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
export function drawRuler(context, { view, theme }) {
  context.clearRect(0, 0, view.width_px, RULER_PX);
  const marks = ticks(view.from_us, view.span_us, view.width_px);
  context.font = `11px ${theme.face}`;
  context.textBaseline = "middle";
  context.fillStyle = theme.quiet;
  for (const t of marks.major) {
    const x = Math.round(xOf(view, t));
    context.fillRect(x, RULER_PX - 6, 1, 6);
    context.fillText(tickLabel(t, marks.step_us), x + 4, 8);
  }
  context.fillStyle = theme.line;
  context.fillRect(0, RULER_PX - 1, view.width_px, 1);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height */
export function drawPairs(context, scene, height) {
  const { view, theme } = scene;
  context.clearRect(0, 0, view.width_px, height);
  context.fillStyle = theme.line;
  context.globalAlpha = 0.5;
  for (const t of ticks(view.from_us, view.span_us, view.width_px).major) context.fillRect(Math.round(xOf(view, t)), 0, 1, height);
  context.globalAlpha = 1;
  for (const pair of scene.pairs) {
    const stream = scene.streams.get(pair.stream);
    if (!stream) continue;
    for (const side of /** @type {const} */ ([0, 1])) drawSide(context, scene, stream, pair, side);
    drawMarks(context, scene, pair);
  }
  drawHead(context, scene, height);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {import("./lanes.js").Stream} stream @param {import("./lanes.js").Pair} pair @param {0 | 1} side */
function drawSide(context, scene, stream, pair, side) {
  const { view, theme } = scene;
  const place = lane(pair, side);
  const end = Math.min(view.width_px, xOf(view, view.end_us));
  context.fillStyle = theme.uncoded;
  context.fillRect(0, place.top, end, place.height);
  context.fillStyle = patterned(context, "uncoded", theme.line);
  context.fillRect(0, place.top, end, place.height);
  context.fillStyle = theme.none;
  for (const [a, b] of within(stream.spans[side], view.from_us, view.from_us + view.span_us)) {
    context.fillRect(Math.max(0, xOf(view, a)), place.top, xOf(view, b) - Math.max(0, xOf(view, a)), place.height);
  }
  const paintOf = (/** @type {any} */ e) => scene.paints.get(`${e.stream}.${e.code}`);
  const drawn = { view, theme, paintOf, flawed: () => false, chosen: new Set(), hovered: null };
  const own = /** @type {any} */ ({ ...drawn, label: (/** @type {any} */ e) => scene.names.get(`${e.stream}.${e.code}`) ?? [e.code] });
  const bouts = stream.bouts[side].filter((b) => pair.codes.has(b[2])).map(([onset_us, offset_us, code]) => event(stream.id, code, onset_us, offset_us));
  const points = stream.points[side].filter((p) => pair.codes.has(p[1])).map(([onset_us, code]) => event(stream.id, code, onset_us, null));
  eachVisible(bouts, view, (b) => /** @type {number} */ (b.offset_us), (b, from, to) => drawBout(context, own, place, b, from, to));
  eachVisible(points, view, (p) => /** @type {number} */ (p.onset_us), (p, at) => drawPoint(context, own, place, p, at));
}

/** @param {string} stream @param {string} code @param {number} onset_us @param {number | null} offset_us @returns {any} */
function event(stream, code, onset_us, offset_us) {
  return { id: "", stream, code, onset_us, offset_us };
}

/** A bar between the lanes for each disagreement; the chosen one also frames both lanes. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {import("./lanes.js").Pair} pair */
function drawMarks(context, scene, pair) {
  const { view, theme } = scene;
  scene.disagreements.forEach((one, i) => {
    if (one.to_us < view.from_us || one.from_us > view.from_us + view.span_us || !concerns(pair, one)) return;
    const x = xOf(view, one.from_us) - (one.kind === "point" ? 2 : 0);
    const width = Math.max(one.kind === "point" ? 4 : 2, xOf(view, one.to_us) - x);
    context.fillStyle = one.kind === "unscorable" ? theme.quiet : theme.text;
    context.globalAlpha = one.kind === "unscorable" ? 0.45 : 1;
    context.fillRect(x, pair.top + LANE_PX + 1, width, MARK_PX - 2);
    context.globalAlpha = 1;
    if (i !== scene.chosen) return;
    context.strokeStyle = theme.accent;
    context.lineWidth = 2;
    context.strokeRect(x - 2, pair.top - 1, width + 4, PAIR_PX + 2);
  });
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height */
function drawHead(context, { view, theme, head_us }, height) {
  if (head_us === null || head_us < view.from_us || head_us > view.from_us + view.span_us) return;
  context.fillStyle = theme.accent;
  context.fillRect(Math.round(xOf(view, head_us)), 0, 1.5, height);
}
