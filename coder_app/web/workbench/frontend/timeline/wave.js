// The waveform at any zoom: each level holds the extremes of eight values of the level below. Pure arithmetic.
// @ts-check

const FOLD = 8;

/** @typedef {{low: Int8Array, high: Int8Array}} Level */

/** @param {Int8Array} pairs (lowest, highest) per bin @returns {Level[]} */
export function levels(pairs) {
  const n = pairs.length >> 1;
  const first = { low: new Int8Array(n), high: new Int8Array(n) };
  for (let i = 0; i < n; i++) {
    first.low[i] = pairs[2 * i];
    first.high[i] = pairs[2 * i + 1];
  }
  const found = /** @type {Level[]} */ ([first]);
  for (let below = /** @type {Level} */ (first); below.low.length > FOLD; found.push(below)) below = folded(below);
  return found;
}

/** @param {Level} below @returns {Level} */
function folded(below) {
  const n = Math.ceil(below.low.length / FOLD);
  const level = { low: new Int8Array(n), high: new Int8Array(n) };
  for (let i = 0; i < n; i++) {
    level.low[i] = Math.min(...below.low.subarray(i * FOLD, (i + 1) * FOLD));
    level.high[i] = Math.max(...below.high.subarray(i * FOLD, (i + 1) * FOLD));
  }
  return level;
}

/** Extremes between two bins, ends rounded outwards to the level that fits. @param {Level[]} all @param {number} from @param {number} to @returns {[number, number]} */
export function extremes(all, from, to) {
  let depth = 0;
  while (depth + 1 < all.length && to - from > FOLD ** (depth + 1) * 2) depth += 1;
  const { low, high } = all[depth];
  const scale = FOLD ** depth;
  const first = Math.max(0, Math.floor(from / scale));
  const last = Math.min(low.length - 1, Math.max(first, Math.ceil(to / scale) - 1));
  let [least, most] = [0, 0];
  for (let i = first; i <= last; i++) {
    if (low[i] < least) least = low[i];
    if (high[i] > most) most = high[i];
  }
  return [least, most];
}
