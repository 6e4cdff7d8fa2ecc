// Where the ruler's marks stand. Numbers in, numbers out.
// @ts-check

const S = 1_000_000;
const MIN = 60 * S;
/** Steps a person can count in, and into how many parts each is cut. */
const STEPS_US = /** @type {[number, number][]} */ ([
  [1_000, 5], [2_000, 4], [5_000, 5], [10_000, 5], [20_000, 4], [50_000, 5], [100_000, 5], [200_000, 4], [500_000, 5],
  [S, 5], [2 * S, 4], [5 * S, 5], [10 * S, 5], [15 * S, 3], [30 * S, 6],
  [MIN, 6], [2 * MIN, 4], [5 * MIN, 5], [10 * MIN, 5], [15 * MIN, 3], [30 * MIN, 6], [60 * MIN, 6], [120 * MIN, 4], [300 * MIN, 5],
]);

/**
 * @param {number} from_us @param {number} span_us what is shown @param {number} width_px @param {number} gap_px least distance of labels
 * @returns {{step_us: number, minor_us: number, major: number[], minor: number[]}}
 */
export function ticks(from_us, span_us, width_px, gap_px = 84) {
  const least = (span_us / Math.max(width_px, 1)) * gap_px;
  const [step_us, parts] = STEPS_US.find(([s]) => s >= least) ?? STEPS_US[STEPS_US.length - 1];
  const minor_us = step_us / parts;
  return { step_us, minor_us, major: marks(from_us, span_us, step_us), minor: marks(from_us, span_us, minor_us) };
}

/** @param {number} from_us @param {number} span_us @param {number} step_us */
function marks(from_us, span_us, step_us) {
  const found = [];
  for (let n = Math.max(0, Math.ceil(from_us / step_us)); n * step_us <= from_us + span_us; n++) found.push(n * step_us);
  return found;
}
