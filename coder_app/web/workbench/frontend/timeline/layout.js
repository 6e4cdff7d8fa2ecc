// Where things lie: time to pixels, zoom and scroll, rows and lanes, and which of many events can be seen. No DOM, no clock.
// @ts-check

export { within } from "../coding-spans.js";

/** Shortest stretch that can be shown. */
export const CLOSEST_US = 200_000;
export const LANE_PX = Object.freeze({ exclusive: 30, lane: 19, points: 22, gap: 7, caption: 14 });
const FOLLOW_AT = 0.9;
const FOLLOW_TO = 0.12;

/** @typedef {{from_us: number, span_us: number, width_px: number, end_us: number}} View */
/** @typedef {{key: string, stream: string, codes: string[], label: string, top: number, height: number}} Lane */
/** @typedef {{stream: string, name: string, top: number, height: number, lanes: Lane[]}} Row */
/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("../protocol.js").Stream} Stream */

/** @param {View} view @param {number} t_us @returns {number} */
export function xOf(view, t_us) {
  return ((t_us - view.from_us) / view.span_us) * view.width_px;
}

/** @param {View} view @param {number} x_px @returns {number} */
export function timeAt(view, x_px) {
  return view.from_us + (x_px / Math.max(view.width_px, 1)) * view.span_us;
}

/** Keeps the window inside the recording. @param {View} view @returns {View} */
export function fitted(view) {
  const span_us = Math.min(Math.max(view.span_us, CLOSEST_US), Math.max(view.end_us, CLOSEST_US));
  const from_us = Math.min(Math.max(view.from_us, 0), Math.max(view.end_us - span_us, 0));
  return { ...view, from_us, span_us };
}

/** @param {View} view @param {number} factor above 1 shows more @param {number} anchor_us stays where it is @returns {View} */
export function zoomed(view, factor, anchor_us) {
  const span_us = Math.min(Math.max(view.span_us * factor, CLOSEST_US), Math.max(view.end_us, CLOSEST_US));
  const share = (anchor_us - view.from_us) / view.span_us;
  return fitted({ ...view, span_us, from_us: anchor_us - share * span_us });
}

/** @param {View} view @param {number} by_us @returns {View} */
export function scrolled(view, by_us) {
  return fitted({ ...view, from_us: view.from_us + by_us });
}

/** The same view while `t_us` is well inside it, else the one that shows it. @param {View} view @param {number} t_us @returns {View} */
export function following(view, t_us) {
  const share = (t_us - view.from_us) / view.span_us;
  if (share >= 0 && share <= FOLLOW_AT) return view;
  const moved = fitted({ ...view, from_us: t_us - FOLLOW_TO * view.span_us });
  return moved.from_us === view.from_us ? view : moved;
}

/** The lane an event is drawn in. @param {Stream} stream @param {string} code @returns {string} */
export function laneKey(stream, code) {
  if (stream.exclusive) return stream.id;
  const found = stream.codes.find((c) => c.id === code);
  return found?.unscorable && stream.kind === "state" ? `${stream.id}.*` : `${stream.id}.${code}`;
}

/**
 * One row a stream, in order; a stream that isn't exclusive has a caption above and a lane per code, an unscorable stretch lies
 * over all of them.
 * @param {Stream[]} streams without ratings @param {number} [scale] share of the usual height @returns {{rows: Row[], height: number}}
 */
export function rows(streams, scale = 1) {
  const found = /** @type {Row[]} */ ([]);
  let top = LANE_PX.gap;
  for (const stream of streams) {
    if (!stream.exclusive) top += LANE_PX.caption;
    const lanes = lanesOf(stream, top, scale);
    const height = lanes.reduce((sum, lane) => sum + (lane.key.endsWith(".*") ? 0 : lane.height), 0);
    found.push({ stream: stream.id, name: stream.name, top, height, lanes });
    top += height + LANE_PX.gap;
  }
  return { rows: found, height: top };
}

/** @param {Stream} stream @param {number} top @param {number} scale @returns {Lane[]} */
function lanesOf(stream, top, scale) {
  const all = stream.codes.map((c) => c.id);
  const px = (/** @type {number} */ n) => Math.max(12, Math.round(n * scale));
  if (stream.exclusive) {
    return [{ key: stream.id, stream: stream.id, codes: all, label: "", top, height: px(LANE_PX.exclusive) }];
  }
  const each = px(stream.kind === "point" ? LANE_PX.points : LANE_PX.lane);
  const overall = stream.codes.filter((c) => laneKey(stream, c.id).endsWith(".*"));
  const shown = stream.codes.filter((c) => !overall.includes(c) && !c.implied);
  const lanes = shown.map((code, n) => ({
    key: laneKey(stream, code.id), stream: stream.id, codes: [code.id], label: code.name, top: top + n * each, height: each,
  }));
  if (overall.length > 0) {
    const codes = overall.map((c) => c.id);
    lanes.push({ key: `${stream.id}.*`, stream: stream.id, codes, label: "", top, height: Math.max(1, shown.length) * each });
  }
  return lanes;
}

/** Index of the first item whose onset is not before `t_us`. @param {Event[]} events by onset @param {number} t_us */
export function firstFrom(events, t_us) {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {number} */ (events[middle].onset_us) < t_us) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As `firstFrom`, from a place on and quick when it is near. @param {Event[]} events @param {number} t_us @param {number} at */
function nextFrom(events, t_us, at) {
  let step = 1;
  let low = at;
  while (low + step < events.length && /** @type {number} */ (events[low + step].onset_us) < t_us) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, events.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {number} */ (events[middle].onset_us) < t_us) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A part of a view, in pixels from its left edge. @typedef {{from_px: number, to_px: number}} Part */

/** @param {View} view @returns {Part} all of it */
export function whole(view) {
  return { from_px: 0, to_px: view.width_px };
}

/**
 * The parts of a view that stretches of time touch, with `around_px` on both sides: as few as there can be, from left to right.
 * @param {View} view @param {{from_us: number, to_us: number}[]} stretches @param {number} around_px @returns {Part[]}
 */
export function partsOf(view, stretches, around_px) {
  const parts = stretches.map(({ from_us, to_us }) => ({
    from_px: Math.max(0, Math.floor(xOf(view, from_us) - around_px)), to_px: Math.min(view.width_px, Math.ceil(xOf(view, to_us) + around_px)),
  }));
  /** @type {Part[]} */
  const joined = [];
  for (const part of parts.filter(({ from_px, to_px }) => from_px < to_px).sort((a, b) => a.from_px - b.from_px)) {
    const last = joined.at(-1);
    if (last && part.from_px <= last.to_px) last.to_px = Math.max(last.to_px, part.to_px);
    else joined.push(part);
  }
  return joined;
}

/**
 * Calls `draw` for the events of one lane that can be told apart: of those that begin in the same pixel (or the same `apart_px`) of
 * the view the first and the last. A few calls per pixel, however many events there are; and the same ones of a part of the view as
 * of all of it.
 * @param {Event[]} events of one lane by onset, not overlapping @param {View} view
 * @param {(event: Event) => number} endOf @param {(event: Event, from_us: number, to_us: number, place: number) => void} draw
 * @param {{apart_px?: number, part?: Part}} [how]
 */
export function eachVisible(events, view, endOf, draw, { apart_px = 1, part = whole(view) } = {}) {
  const each_us = (view.span_us / Math.max(view.width_px, 1)) * apart_px;
  const startOf = (/** @type {number} */ n) => view.from_us + n * each_us;
  const placeOf = (/** @type {number} */ t_us) => Math.floor((t_us - view.from_us) / each_us);
  const from_us = startOf(Math.floor(part.from_px / apart_px));
  const until_us = timeAt(view, part.to_px);
  let at = Math.max(0, firstFrom(events, from_us) - 1);
  while (at < events.length) {
    const event = events[at];
    const onset = /** @type {number} */ (event.onset_us);
    if (onset > until_us) return;
    const end = endOf(event);
    if (end >= from_us) draw(event, onset, end, at);
    const next_us = startOf(placeOf(onset) + 1);
    at = end < next_us ? Math.max(at + 1, nextFrom(events, next_us, at) - 1) : at + 1;
  }
}
