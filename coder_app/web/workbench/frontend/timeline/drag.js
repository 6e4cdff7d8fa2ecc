// What dragging with the mouse does to times: which part of an event is held, where an edge snaps to, where events come to lie.
// Pure arithmetic; an edge always lies on a frame or on the boundary it snapped to.
// @ts-check

import { firstFrom, xOf } from "./layout.js";

/** How near an edge the pointer holds it, and how near a boundary an edge snaps to it. */
const GRIP_PX = 6;
const SNAP_PX = 7;

/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("./layout.js").View} View */
/** @typedef {"onset" | "offset" | "body"} Grip */
/** @typedef {{event: Event, onset_us: number, offset_us: number | null}} Moved */
/**
 * @typedef {{length: number, end_us: number, timeOf: (frame: number) => number, nearest: (t_us: number) => number}} Frames
 */

/** The part of an event at `x_px`: an edge near its end, inside not more than a third of it. @param {View} view @param {Event} event @param {number} end_us @param {number} x_px @returns {Grip} */
export function gripAt(view, event, end_us, x_px) {
  if (event.kind === "point") return "body";
  const [from, to] = [xOf(view, /** @type {number} */ (event.onset_us)), xOf(view, end_us)];
  const reach = Math.min(GRIP_PX, (to - from) / 3);
  if (x_px - from <= reach) return "onset";
  return to - x_px <= reach ? "offset" : "body";
}

/** The time of the frame nearest to `t_us`; an edge that ends something may also lie at the end of the recording.
 *  @param {Frames} frames @param {number} t_us @param {boolean} ends @returns {number} */
export function onFrame(frames, t_us, ends) {
  const frame = frames.nearest(Math.max(0, t_us));
  const at_us = frames.timeOf(frame);
  return ends && frame === frames.length - 1 && Math.abs(frames.end_us - t_us) < Math.abs(at_us - t_us) ? frames.end_us : at_us;
}

/**
 * The boundary of an event that is not held, or the playhead, that lies nearest to `t_us` and near enough; else null.
 * @param {{view: View, lanes: {bouts: Event[], points: Event[]}[], endOf: (event: Event) => number, now_us: number, held: Set<string>}} around
 * @param {number} t_us @returns {number | null}
 */
export function snapped({ view, lanes, endOf, now_us, held }, t_us) {
  let least = (SNAP_PX / Math.max(view.width_px, 1)) * view.span_us;
  let found = /** @type {number | null} */ (null);
  const offer = (/** @type {number} */ at_us) => {
    const away = Math.abs(at_us - t_us);
    if (away < least || (away === least && found === null)) [least, found] = [away, at_us];
  };
  offer(now_us);
  for (const { bouts, points } of lanes) {
    for (const events of [bouts, points]) {
      const at = firstFrom(events, t_us);
      for (let n = Math.max(0, at - 2); n < Math.min(events.length, at + 2); n++) {
        if (held.has(events[n].id)) continue;
        offer(/** @type {number} */ (events[n].onset_us));
        if (events[n].kind === "state") offer(endOf(events[n]));
      }
    }
  }
  return found;
}

/** One edge at `to_us`, but at least a frame away from the other. @param {Event} event @param {number} end_us @param {"onset" | "offset"} edge @param {number} to_us @param {Frames} frames @returns {Moved} */
export function withEdge(event, end_us, edge, to_us, frames) {
  const onset_us = /** @type {number} */ (event.onset_us);
  if (edge === "onset") {
    const last_us = onFrame(frames, frameBefore(frames, end_us), false);
    return { event, onset_us: Math.max(0, Math.min(to_us, last_us)), offset_us: event.offset_us };
  }
  const first_us = frameAfter(frames, onset_us);
  return { event, onset_us, offset_us: Math.min(Math.max(to_us, first_us), frames.end_us) };
}

/** @param {Frames} frames @param {number} t_us */
function frameBefore(frames, t_us) {
  const frame = frames.nearest(t_us);
  return frames.timeOf(frames.timeOf(frame) < t_us ? frame : Math.max(0, frame - 1));
}

/** @param {Frames} frames @param {number} t_us */
function frameAfter(frames, t_us) {
  const frame = frames.nearest(t_us) + 1;
  return frame < frames.length ? frames.timeOf(frame) : frames.end_us;
}

/** How far events can move as one without leaving the recording. @param {Event[]} events @param {(event: Event) => number} endOf @param {number} by_us @param {Frames} frames @returns {number} */
export function movable(events, endOf, by_us, frames) {
  const last_us = frames.timeOf(frames.length - 1);
  let [least, most] = [-Infinity, Infinity];
  for (const event of events) {
    const onset_us = /** @type {number} */ (event.onset_us);
    least = Math.max(least, -onset_us);
    most = Math.min(most, last_us - onset_us, event.offset_us === null ? Infinity : frames.end_us - endOf(event));
  }
  return Math.min(Math.max(by_us, least), Math.max(most, 0));
}

/** Events moved by a time, each edge on its nearest frame; a bout keeps at least one. @param {Event[]} events @param {number} by_us @param {Frames} frames @returns {Moved[]} */
export function shifted(events, by_us, frames) {
  return events.map((event) => {
    const onset_us = onFrame(frames, /** @type {number} */ (event.onset_us) + by_us, false);
    if (event.offset_us === null) return { event, onset_us, offset_us: null };
    const offset_us = onFrame(frames, event.offset_us + by_us, true);
    return { event, onset_us, offset_us: offset_us > onset_us ? offset_us : frameAfter(frames, onset_us) };
  });
}

/** In the order in which one does not run over the next: the foremost first. @param {Moved[]} moved @returns {Moved[]} */
export function inOrder(moved) {
  const later = moved.some(({ event, onset_us }) => onset_us > /** @type {number} */ (event.onset_us));
  const sign = later ? -1 : 1;
  return [...moved].sort((a, b) => sign * (/** @type {number} */ (a.event.onset_us) - /** @type {number} */ (b.event.onset_us)));
}

/** The events that a band over lanes and times touches. @param {{bouts: Event[], points: Event[]}[]} lanes @param {(event: Event) => number} endOf @param {number} from_us @param {number} to_us @returns {Event[]} */
export function inBand(lanes, endOf, from_us, to_us) {
  const found = [];
  for (const { bouts, points } of lanes) {
    for (let n = Math.max(0, firstFrom(bouts, from_us) - 1); n < bouts.length && /** @type {number} */ (bouts[n].onset_us) < to_us; n++) {
      if (endOf(bouts[n]) > from_us) found.push(bouts[n]);
    }
    for (let n = firstFrom(points, from_us); n < points.length && /** @type {number} */ (points[n].onset_us) <= to_us; n++) found.push(points[n]);
  }
  return found;
}
