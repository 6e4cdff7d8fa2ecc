// The queue of disagreements: which are shown, what is played for one, how it reads. Numbers and text in, numbers and text out.
// @ts-check

/** A loop shorter than this cannot be looked at. */
export const SHORTEST_LOOP_US = 1_000_000;
const CLOSE_PX = 24;
const AROUND = 8;

/** @typedef {"state" | "unscorable" | "point"} Kind */
/** @typedef {{stream: string, kind: Kind, from_us: number, to_us: number, first: string[], second: string[]}} Disagreement */
/** @typedef {import("../timeline/layout.js").View} View */

/**
 * What is played for a disagreement: it, with `lead_us` on either side; at least a second, grown evenly, inside the recording.
 * @param {Disagreement} one @param {number} lead_us @param {number} end_us @returns {[number, number]}
 */
export function loop(one, lead_us, end_us) {
  const short = Math.max(0, SHORTEST_LOOP_US - (one.to_us - one.from_us));
  const grow = Math.max(lead_us, Math.ceil(short / 2));
  const from = Math.max(0, one.from_us - grow);
  const to = Math.min(end_us, one.to_us + grow);
  const missing = Math.min(Math.max(0, SHORTEST_LOOP_US - (to - from)), end_us);
  return from === 0 ? [0, Math.min(end_us, to + missing)] : [Math.max(0, from - missing), to];
}

/** Positions in `all` of one stream's, or of all. @param {Disagreement[]} all @param {string} stream "" for all @returns {number[]} */
export function shown(all, stream) {
  return all.map((_, i) => i).filter((i) => stream === "" || all[i].stream === stream);
}

/**
 * The one after (`by` 1) or before (-1) the present one; at the ends it stays. Without a present one the first or the last.
 * @param {number[]} order @param {number | null} at position in the whole list @param {number} by @returns {number | null}
 */
export function beside(order, at, by) {
  if (order.length === 0) return null;
  const place = at === null ? -1 : order.indexOf(at);
  if (place < 0) return by > 0 ? order[0] : order[order.length - 1];
  return order[Math.min(Math.max(place + by, 0), order.length - 1)];
}

/**
 * The view in which a disagreement can be seen: the same while it is wide enough and inside, else one around it.
 * @param {View} view @param {Disagreement} one @returns {{from_us: number, span_us: number}}
 */
export function viewOf(view, one) {
  const length = one.to_us - one.from_us;
  const px = (length / view.span_us) * view.width_px;
  const inside = one.from_us >= view.from_us && one.to_us <= view.from_us + view.span_us;
  if (inside && (px >= CLOSE_PX || one.kind === "point")) return { from_us: view.from_us, span_us: view.span_us };
  const span_us = Math.max(Math.min(view.span_us, Math.max(AROUND * length, 20_000_000)), length * 1.2);
  return { from_us: (one.from_us + one.to_us) / 2 - span_us / 2, span_us };
}

/**
 * The queue's item at an instant of a stream, the nearest of those within `near_us`. @param {Disagreement[]} all @param {string} stream
 * @param {number} t_us @param {number} near_us @returns {number | null}
 */
export function at(all, stream, t_us, near_us) {
  /** @type {number | null} */
  let best = null;
  let least = near_us;
  all.forEach((one, i) => {
    if (one.stream !== stream) return;
    const apart = t_us < one.from_us ? one.from_us - t_us : t_us >= one.to_us ? t_us - one.to_us : 0;
    if (apart < least || (apart === 0 && best === null)) [best, least] = [i, apart];
  });
  return best;
}

/**
 * What a coder gave, in words. @param {string[]} codes @param {Map<string, string>} names "stream.code" to name @param {Disagreement} one
 */
export function said(codes, names, one) {
  if (codes.length === 0) return one.kind === "point" ? "no point" : "none";
  return codes.map((code) => names.get(`${one.stream}.${code}`) ?? code).join(" + ");
}
