// Interval algebra: sorted, disjoint parts [from_us, to_us) that never touch. A set of parts is never changed, only replaced.
// @ts-check

/** @typedef {[number, number]} Part */

/** The first index for which `is` holds, in parts where it holds from there on. @param {Part[]} parts @param {(part: Part) => boolean} is */
function first(parts, is) {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(parts[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The union of any intervals; empty and reversed ones hold no time and vanish. @param {Iterable<Part>} parts @returns {Part[]} */
export function union(parts) {
  /** @type {Part[]} */
  const merged = [];
  for (const [start, end] of [...parts].filter(([a, b]) => b > a).sort((one, two) => one[0] - two[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** The parts with [start, end); the same array where they hold that already. @param {Part[]} parts @param {number} start
 *  @param {number} end @returns {Part[]} */
export function adding(parts, start, end) {
  if (end <= start) return parts;
  const from = first(parts, ([, b]) => b >= start);
  const to = first(parts, ([a]) => a > end);
  if (from === to) return [...parts.slice(0, from), [start, end], ...parts.slice(from)];
  const [a, b] = [parts[from][0], parts[to - 1][1]];
  if (from + 1 === to && a <= start && end <= b) return parts;
  return [...parts.slice(0, from), [Math.min(a, start), Math.max(b, end)], ...parts.slice(to)];
}

/** The parts without [start, end); the same array where they hold nothing of it. @param {Part[]} parts @param {number} start
 *  @param {number} end @returns {Part[]} */
export function without(parts, start, end) {
  if (end <= start) return parts;
  const from = first(parts, ([, b]) => b > start);
  const to = first(parts, ([a]) => a >= end);
  if (from >= to) return parts;
  /** @type {Part[]} */
  const edges = [[parts[from][0], start], [end, parts[to - 1][1]]];
  return [...parts.slice(0, from), ...edges.filter(([a, b]) => a < b), ...parts.slice(to)];
}

/** What the parts hold of [start, end). @param {Part[]} parts @param {number} start @param {number} end @returns {Part[]} */
export function within(parts, start, end) {
  if (end <= start) return [];
  const held = parts.slice(first(parts, ([, b]) => b > start), first(parts, ([a]) => a >= end));
  return held.map(([a, b]) => [Math.max(a, start), Math.min(b, end)]);
}

/** The part that holds an instant. @param {Part[]} parts @param {number} t_us @returns {Part | undefined} */
export function holding(parts, t_us) {
  const part = parts[first(parts, ([a]) => a > t_us) - 1];
  return part !== undefined && t_us < part[1] ? part : undefined;
}

/** The parts without the others, in one sweep. @param {Part[]} parts @param {Part[]} others @returns {Part[]} */
export function minus(parts, others) {
  /** @type {Part[]} */
  const left = [];
  let j = 0;
  for (const [start, end] of parts) {
    let at = start;
    while (j < others.length && others[j][1] <= at) j++;
    for (let k = j; k < others.length && others[k][0] < end; k++) {
      if (others[k][0] > at) left.push([at, others[k][0]]);
      at = Math.max(at, others[k][1]);
    }
    if (at < end) left.push([at, end]);
  }
  return left;
}

/** What both hold, in one sweep. @param {Part[]} parts @param {Part[]} others @returns {Part[]} */
export function both(parts, others) {
  /** @type {Part[]} */
  const held = [];
  for (let i = 0, j = 0; i < parts.length && j < others.length; ) {
    const [from, to] = [Math.max(parts[i][0], others[j][0]), Math.min(parts[i][1], others[j][1])];
    if (from < to) held.push([from, to]);
    if (parts[i][1] < others[j][1]) i++;
    else j++;
  }
  return held;
}
