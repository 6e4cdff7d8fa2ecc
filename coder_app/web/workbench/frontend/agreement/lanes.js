// Where the two coders' marks lie: a pair of lanes for a stream, or for each code of a stream whose codes may overlap. Pure.
// @ts-check

export const LANE_PX = 17;
export const MARK_PX = 5;
export const GAP_PX = 9;
export const PAIR_PX = 2 * LANE_PX + MARK_PX;

/** @typedef {{id: string, name: string, short: string, kind: string, unscorable: boolean, implied: boolean}} Code */
/** @typedef {[number, number, string]} Bout onset, end, code */
/** @typedef {[number, string]} Point instant, code */
/**
 * @typedef {{id: string, name: string, actor: string, kind: string, exclusive: boolean, exhaustive: boolean, codes: Code[],
 *   spans: [number, number][][], bouts: Bout[][], points: Point[][]}} Stream
 */
/** @typedef {{stream: string, name: string, under: string, codes: Set<string>, top: number}} Pair */

/**
 * Pairs of lanes for the streams that either coder coded, one under the other. A code that nobody gave has none.
 * @param {Stream[]} streams @param {string} only a stream's id, or "" for all @returns {{pairs: Pair[], height: number}}
 */
export function pairs(streams, only) {
  const found = /** @type {Pair[]} */ ([]);
  let top = 2;
  for (const stream of streams) {
    if (stream.kind === "rating" || (only !== "" && stream.id !== only)) continue;
    if (only === "" && !stream.spans.some((parts) => parts.length > 0)) continue;
    for (const { under, codes } of groups(stream)) {
      found.push({ stream: stream.id, name: stream.name, under, codes, top });
      top += PAIR_PX + GAP_PX;
    }
  }
  return { pairs: found, height: Math.max(top, PAIR_PX) };
}

/** @param {Stream} stream @returns {{under: string, codes: Set<string>}[]} */
function groups(stream) {
  const all = stream.codes.map((c) => c.id);
  if (stream.exclusive || stream.kind === "point") return [{ under: "", codes: new Set(all) }];
  const given = new Set([...stream.bouts.flat().map((b) => b[2]), ...stream.points.flat().map((p) => p[1])]);
  const over = stream.codes.filter((c) => c.unscorable).map((c) => c.id);
  const shown = stream.codes.filter((c) => !c.unscorable && given.has(c.id));
  if (shown.length === 0) return [{ under: "", codes: new Set(all) }];
  return shown.map((c) => ({ under: c.name, codes: new Set([c.id, ...over]) }));
}

/** @param {Pair} pair @param {0 | 1} side @returns {{top: number, height: number}} */
export function lane(pair, side) {
  return { top: pair.top + side * (LANE_PX + MARK_PX), height: LANE_PX };
}

/** The pair under a height, the gap below it included. @param {Pair[]} all @param {number} y_px @returns {Pair | null} */
export function pairAt(all, y_px) {
  return all.find((pair) => y_px >= pair.top && y_px < pair.top + PAIR_PX + GAP_PX) ?? null;
}

/**
 * Whether a disagreement is marked in a pair: one of its codes stands there. @param {Pair} pair
 * @param {import("./queue.js").Disagreement} one
 */
export function concerns(pair, one) {
  if (pair.stream !== one.stream) return false;
  if (pair.under === "" || one.kind === "unscorable") return true;
  const both = new Set(one.second);
  const differing = [...one.first.filter((c) => !both.has(c)), ...one.second.filter((c) => !one.first.includes(c))];
  return differing.some((code) => pair.codes.has(code));
}
