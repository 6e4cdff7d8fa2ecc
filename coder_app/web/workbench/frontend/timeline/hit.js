// What lies under a point of the timeline.
// @ts-check

import { firstFrom, timeAt, xOf } from "./layout.js";

const REACH_PX = 5;

/** @typedef {import("./layout.js").Lane} Lane */
/** @typedef {import("../protocol.js").Event} Event */

/** The lane at a height; the lane of unscorable stretches lies over others and is asked for last. @param {import("./layout.js").Row[]} rows @param {number} y_px */
export function lanesAt(rows, y_px) {
  const row = rows.find((r) => y_px >= r.top && y_px < r.top + r.height);
  return row ? row.lanes.filter((lane) => y_px >= lane.top && y_px < lane.top + lane.height) : [];
}

/**
 * The event under (x, y): a point within reach of the pointer, else the bout that covers it (or is drawn at least a pixel there).
 * @param {{rows: import("./layout.js").Row[], view: import("./layout.js").View, index: import("./event-index.js").EventIndex,
 *   endOf: (event: Event) => number}} scene @param {number} x_px @param {number} y_px @returns {Event | null}
 */
export function eventAt({ rows, view, index, endOf }, x_px, y_px) {
  const t_us = timeAt(view, x_px);
  const lanes = lanesAt(rows, y_px);
  for (const lane of lanes) {
    const point = nearestPoint(index.lane(lane.key).points, view, x_px);
    if (point) return point;
  }
  for (const lane of lanes) {
    const bout = index.boutAt(lane.key, t_us, endOf) ?? sliver(index.lane(lane.key).bouts, view, x_px, endOf);
    if (bout) return bout;
  }
  return null;
}

/** @param {Event[]} points @param {import("./layout.js").View} view @param {number} x_px */
function nearestPoint(points, view, x_px) {
  const at = firstFrom(points, timeAt(view, x_px));
  let best = null;
  let least = REACH_PX + 1;
  for (const point of points.slice(Math.max(0, at - 1), at + 1)) {
    const away = Math.abs(xOf(view, /** @type {number} */ (point.onset_us)) - x_px);
    if (away < least) [best, least] = [point, away];
  }
  return best;
}

/** A bout too short to be met exactly. @param {Event[]} bouts @param {import("./layout.js").View} view @param {number} x_px @param {(event: Event) => number} endOf */
function sliver(bouts, view, x_px, endOf) {
  const at = firstFrom(bouts, timeAt(view, x_px - REACH_PX));
  const bout = bouts[at];
  if (!bout) return null;
  const from = xOf(view, /** @type {number} */ (bout.onset_us));
  return from <= x_px + REACH_PX && xOf(view, endOf(bout)) - from < REACH_PX ? bout : null;
}
