// Draws the timeline on canvases that are told what to show. Only what can be seen is drawn.
// @ts-check

import { eachVisible, timeAt, whole, within, xOf } from "./layout.js";
import { ticks } from "./ticks.js";
import { BAND_PX, drawBands, stripOf, tintBands } from "./bands.js";
import { FILM_PX, drawFilm } from "./film.js";
import { extremes } from "./wave.js";
import { tickLabel } from "../time-label.js";
import { patterned } from "./patterns.js";

export const RULER_PX = 24;
export const WAVE_PX = 34;
/** Points closer than this would lie on each other: strokes are drawn instead; of those, the first and the last in so many pixels. */
const CROWDED_PX = 13;
const POINTS_APART_PX = 6;
/** How far an event is drawn beyond its own time. */
const REACH_PX = 12;
/** How far from an event its neighbours may come to look different with it. */
export const NEAR_PX = CROWDED_PX + REACH_PX;

/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("./layout.js").View} View */
/** @typedef {import("./layout.js").Part} Part */
/**
 * @typedef {{text: string, quiet: string, line: string, ground: string, panel: string, accent: string, danger: string,
 *   uncoded: string, none: string, wave: string, face: string}} Theme
 * @typedef {{
 *   view: View, theme: Theme, rows: import("./layout.js").Row[], index: import("./event-index.js").EventIndex,
 *   paintOf: (event: Event) => import("../palette.js").Paint | undefined, label: (event: Event) => string[], endOf: (event: Event) => number,
 *   flawed: (event: Event) => boolean, coded: (stream: string) => [number, number][][],
 *   watched: (stream: string) => [number, number][], chosen: Set<string>, hovered: string | null,
 *   bands: import("./bands.js").Bands,
 *   wave: {levels: import("./wave.js").Level[], bin_us: number} | null, film: import("./film.js").Film | null, sound: boolean, hide: string, first_us: number,
 * }} Scene
 */

/** Height of ruler, filmstrip and, where there are, waveform and episodes. @param {Scene} scene */
export function headOf({ sound, bands }) {
  return RULER_PX + FILM_PX + (sound ? WAVE_PX : 0) + stripOf(bands);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
export function drawHead(context, scene) {
  const { view, theme } = scene;
  context.clearRect(0, 0, view.width_px, headOf(scene));
  const marks = ticks(view.from_us, view.span_us, view.width_px);
  context.fillStyle = theme.line;
  for (const t of marks.minor) context.fillRect(Math.round(xOf(view, t)), RULER_PX - 5, 1, 5);
  context.font = `11px ${theme.face}`;
  context.textBaseline = "middle";
  for (const t of marks.major) {
    const x = Math.round(xOf(view, t));
    context.fillStyle = theme.quiet;
    context.fillRect(x, RULER_PX - 9, 1, 9);
    context.fillText(tickLabel(t, marks.step_us), x + 4, 9);
  }
  context.fillStyle = theme.line;
  context.fillRect(0, RULER_PX - 1, view.width_px, 1);
  drawFilm(context, scene.film, view, RULER_PX, scene.hide);
  if (scene.sound) drawWave(context, scene);
  drawBands(context, scene, headOf(scene) - BAND_PX);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function drawWave(context, { view, theme, wave, first_us }) {
  const middle = RULER_PX + FILM_PX + WAVE_PX / 2;
  context.fillStyle = theme.line;
  context.fillRect(0, Math.round(middle), Math.round(Math.min(view.width_px, xOf(view, view.end_us))), 1);
  if (!wave) return;
  const bins = view.span_us / wave.bin_us / view.width_px;
  const first = (view.from_us - first_us) / wave.bin_us;
  context.fillStyle = theme.wave;
  for (let x = 0; x < view.width_px; x++) {
    const from = first + x * bins;
    if (from * wave.bin_us > view.end_us - first_us) break;
    if (from < 0) continue;
    const [low, high] = extremes(wave.levels, from, from + bins);
    const up = (high / 128) * (WAVE_PX / 2 - 2);
    const down = (low / 128) * (WAVE_PX / 2 - 2);
    if (up - down >= 0.5) context.fillRect(x, middle - up, 1, up - down);
  }
}

/**
 * All rows: ground, what is coded, what was watched, events; of a part only the pixels that lie in it, which come out the same.
 * @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height @param {Part} [part]
 */
export function drawRows(context, scene, height, part = whole(scene.view)) {
  context.save();
  context.beginPath();
  context.rect(part.from_px, 0, part.to_px - part.from_px, height);
  context.clip();
  context.clearRect(part.from_px, 0, part.to_px - part.from_px, height);
  drawGrid(context, scene, height);
  tintBands(context, scene, 0, height);
  drawLanes(context, scene, { from_px: part.from_px - REACH_PX, to_px: part.to_px + REACH_PX });
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Part} part */
function drawLanes(context, scene, part) {
  const { view, theme } = scene;
  const [from_us, to_us] = [timeAt(view, part.from_px), timeAt(view, part.to_px)];
  const end = Math.min(view.width_px, xOf(view, view.end_us));
  const [left, right] = [Math.max(0, view.from_us), Math.min(view.end_us, view.from_us + view.span_us)];
  context.imageSmoothingEnabled = false; // points are pictures made to the size they are shown in
  for (const row of scene.rows) {
    const coded = scene.coded(row.stream);
    if (!coded.some((parts) => within(parts, left, right).some(([a, b]) => a === left && b === right))) {
      context.fillStyle = theme.uncoded;
      context.fillRect(0, row.top, end, row.height);
      context.fillStyle = patterned(context, "uncoded", theme.line);
      context.fillRect(0, row.top, end, row.height);
    }
    context.fillStyle = theme.none;
    for (const [a, b] of coded.flatMap((parts) => within(parts, from_us, to_us))) {
      context.fillRect(xOf(view, a), row.top, xOf(view, b) - xOf(view, a), row.height);
    }
    tintBands(context, scene, row.top, row.height);
    context.fillStyle = theme.line;
    for (const lane of row.lanes.slice(1)) if (!lane.key.endsWith(".*")) context.fillRect(0, lane.top, end, 1);
    for (const lane of row.lanes) drawLane(context, scene, lane, part);
    drawWatched(context, scene, row, from_us, to_us);
  }
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height */
function drawGrid(context, { view, theme }, height) {
  context.fillStyle = theme.line;
  context.globalAlpha = 0.5;
  for (const t of ticks(view.from_us, view.span_us, view.width_px).major) context.fillRect(Math.round(xOf(view, t)), 0, 1, height);
  context.globalAlpha = 1;
}

/**
 * A thin line under the row: what was seen while this row was shown.
 * @param {CanvasRenderingContext2D} context @param {Scene} scene @param {import("./layout.js").Row} row @param {number} from_us @param {number} to_us
 */
function drawWatched(context, { view, theme, watched }, row, from_us, to_us) {
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.55;
  for (const [a, b] of within(watched(row.stream), from_us, to_us)) {
    const x = Math.max(0, xOf(view, a));
    context.fillRect(x, row.top + row.height + 1, Math.max(1, xOf(view, b) - x), 2);
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {import("./layout.js").Lane} lane @param {Part} part */
function drawLane(context, scene, lane, part) {
  const { bouts, points } = scene.index.lane(lane.key);
  eachVisible(bouts, scene.view, scene.endOf, (event, from, to) => drawBout(context, scene, lane, event, from, to), { part });
  const onset = (/** @type {Event} */ point) => /** @type {number} */ (point.onset_us);
  const near_us = (scene.view.span_us / Math.max(scene.view.width_px, 1)) * CROWDED_PX;
  eachVisible(points, scene.view, onset, (event, at, _end, n) => {
    const next = points[n + 1];
    const crowded = (next && onset(next) - at < near_us) || (n > 0 && at - onset(points[n - 1]) < near_us);
    if (crowded && !scene.chosen.has(event.id) && event.id !== scene.hovered) drawCrowded(context, scene, lane, event, at);
    else drawPoint(context, scene, lane, event, at);
  }, { apart_px: POINTS_APART_PX, part });
}

/** One of many points that cannot be told apart here: a stroke. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {{top: number, height: number}} lane @param {Event} event @param {number} at_us */
function drawCrowded(context, scene, lane, event, at_us) {
  context.fillStyle = scene.paintOf(event)?.edge ?? scene.theme.quiet;
  context.fillRect(Math.round(xOf(scene.view, at_us)), lane.top + 3, 2, lane.height - 6);
}

/**
 * @param {CanvasRenderingContext2D} context @param {Scene} scene @param {{top: number, height: number}} lane @param {Event} event
 * @param {number} from_us @param {number} to_us
 */
export function drawBout(context, scene, lane, event, from_us, to_us) {
  const { view, theme } = scene;
  const colours = scene.paintOf(event);
  if (!colours) return;
  const x = Math.max(-4, xOf(view, from_us));
  const right = Math.min(view.width_px + 4, xOf(view, to_us));
  const width = Math.max(1, right - x - (right - x > 3 ? 1 : 0));
  const [top, height] = [lane.top + 1, lane.height - 2];
  context.fillStyle = colours.fill;
  context.fillRect(x, top, width, height);
  if (width <= 3 && !scene.chosen.has(event.id) && event.id !== scene.hovered) return;
  if (colours.pattern !== "plain" && width > 3) {
    context.fillStyle = patterned(context, colours.pattern, colours.edge);
    context.fillRect(x, top, width, height);
  }
  if (width > 3) {
    context.fillStyle = colours.edge;
    context.fillRect(x, top, 2, height);
  }
  if (scene.flawed(event) && width > 8) corner(context, x + width, top, theme.danger);
  if (width > 14) caption(context, scene.label(event), x + 6, width - 9, top + height / 2, colours.ink, theme.face);
  if (scene.chosen.has(event.id) || event.id === scene.hovered) {
    outline(context, x, top, width, height, scene.chosen.has(event.id) ? theme.text : theme.quiet);
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {string} colour */
function corner(context, x, y, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x - 8, y);
  context.lineTo(x, y);
  context.lineTo(x, y + 8);
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} width @param {number} height @param {string} colour */
function outline(context, x, y, width, height, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.strokeRect(x - 0.5, y, width + 1, height);
}

/** Widths of captions, which are few and asked for often. @type {Map<string, number>} */
const WIDTHS = new Map();
const WIDTHS_MOST = 2_000;

/** @param {CanvasRenderingContext2D} context @param {string} text @param {string} face */
function widthOf(context, text, face) {
  const key = `${face} ${text}`;
  const known = WIDTHS.get(key);
  if (known !== undefined) return known;
  if (WIDTHS.size >= WIDTHS_MOST || !document.fonts.check(context.font)) WIDTHS.clear();
  const { width } = context.measureText(text);
  WIDTHS.set(key, width);
  return width;
}

/** The longest of the texts that fits. @param {CanvasRenderingContext2D} context @param {string[]} texts @param {number} x @param {number} room @param {number} y @param {string} ink @param {string} face */
function caption(context, texts, x, room, y, ink, face) {
  context.font = `600 11.5px ${face}`;
  context.textBaseline = "middle";
  const text = texts.find((t) => widthOf(context, t, face) <= room);
  if (text === undefined) return;
  context.fillStyle = ink;
  context.fillText(text, Math.max(x, 4), y + 0.5);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {{top: number, height: number}} lane @param {Event} event @param {number} at_us */
export function drawPoint(context, scene, lane, event, at_us) {
  const colours = scene.paintOf(event);
  if (!colours) return;
  const marked = scene.chosen.has(event.id) || event.id === scene.hovered;
  const line = scene.flawed(event) ? scene.theme.danger : marked ? scene.theme.text : colours.edge;
  const picture = diamond(colours.fill, colours.edge, line, marked ? 2 : 1, lane.height, context.getTransform().a);
  context.drawImage(picture, Math.round(xOf(scene.view, at_us)) - REACH_PX, lane.top, 2 * REACH_PX + 1, lane.height);
}

/** Points look alike by the hundred, so each look is drawn once. @type {Map<string, HTMLCanvasElement>} */
const DIAMONDS = new Map();
const DIAMONDS_MOST = 400;

/** @param {string} fill @param {string} edge @param {string} line @param {number} thick @param {number} height @param {number} ratio */
function diamond(fill, edge, line, thick, height, ratio) {
  const key = `${fill} ${edge} ${line} ${thick} ${height} ${ratio}`;
  const known = DIAMONDS.get(key);
  if (known) return known;
  if (DIAMONDS.size >= DIAMONDS_MOST) DIAMONDS.clear();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round((2 * REACH_PX + 1) * ratio);
  canvas.height = Math.round(height * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(ratio, ratio);
  const [x, middle] = [REACH_PX + 0.5, height / 2];
  const r = Math.min(6, height / 2 - 2);
  context.fillStyle = edge;
  context.fillRect(x - 0.5, 1, 1, height - 2);
  context.beginPath();
  context.moveTo(x, middle - r);
  context.lineTo(x + r, middle);
  context.lineTo(x, middle + r);
  context.lineTo(x - r, middle);
  context.closePath();
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = line;
  context.lineWidth = thick;
  context.stroke();
  DIAMONDS.set(key, canvas);
  return canvas;
}

/** @param {View} view @returns {View} the whole recording in the same width */
export function overviewOf(view) {
  return { ...view, from_us: 0, span_us: view.end_us };
}

/** The whole recording in one strip, or a part of it. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height @param {Part} [part] */
export function drawOverview(context, scene, height, part = whole(scene.view)) {
  const view = overviewOf(scene.view);
  context.save();
  context.beginPath();
  context.rect(part.from_px, 0, part.to_px - part.from_px, height);
  context.clip();
  context.clearRect(part.from_px, 0, part.to_px - part.from_px, height);
  tintBands(context, { ...scene, view }, 0, height);
  const lanes = scene.rows.flatMap((row) => row.lanes);
  const each = (height - 6) / Math.max(lanes.length, 1);
  lanes.forEach((lane, n) => {
    const { bouts, points } = scene.index.lane(lane.key);
    const mark = (/** @type {Event} */ event, /** @type {number} */ from, /** @type {number} */ to) => {
      context.fillStyle = scene.paintOf(event)?.fill ?? scene.theme.quiet;
      context.fillRect(xOf(view, from), 3 + n * each, Math.max(1, xOf(view, to) - xOf(view, from)), Math.max(1, each - 0.5));
    };
    eachVisible(bouts, view, scene.endOf, mark, { part });
    eachVisible(points, view, (p) => /** @type {number} */ (p.onset_us), mark, { part });
  });
  context.restore();
}

/** The window of the detail view, over the overview. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height */
export function drawWindow(context, { view, theme }, height) {
  const all = overviewOf(view);
  const x = xOf(all, view.from_us);
  const width = Math.max(4, xOf(all, view.from_us + view.span_us) - x);
  context.fillStyle = theme.ground;
  context.globalAlpha = 0.55;
  context.fillRect(0, 0, x, height);
  context.fillRect(x + width, 0, view.width_px - x - width, height);
  context.globalAlpha = 1;
  context.strokeStyle = theme.quiet;
  context.lineWidth = 1;
  context.strokeRect(Math.round(x) + 0.5, 0.5, Math.round(width) - 1, height - 1);
}
