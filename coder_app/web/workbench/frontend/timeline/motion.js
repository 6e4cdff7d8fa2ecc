// The motion in a region at any zoom: each level holds the highest of eight values of the level below. Drawn as bars from the ground.
// @ts-check

const FOLD = 8;
/** So much of the frames lies below full height; a cut of the film would else make all else invisible. */
const BELOW = 0.995;

/** @typedef {{levels: Float32Array[], peak: number}} Motion `peak`: the energy at full height, in grey levels */

/** @param {Float32Array} energies one a frame; NaN where there is none @returns {Motion} */
export function motionOf(energies) {
  const first = energies.map((energy) => (Number.isFinite(energy) ? energy : 0));
  const levels = [first];
  for (let below = first; below.length > FOLD; levels.push(below)) below = folded(below);
  const ordered = energies.filter((energy) => Number.isFinite(energy)).sort();
  const peak = ordered.length > 0 ? ordered[Math.floor((ordered.length - 1) * BELOW)] : 0;
  return { levels, peak: Math.max(peak, 1) };
}

/** @param {Float32Array} below */
function folded(below) {
  const level = new Float32Array(Math.ceil(below.length / FOLD));
  below.forEach((value, n) => {
    const at = Math.floor(n / FOLD);
    if (value > level[at]) level[at] = value;
  });
  return level;
}

/** The highest energy of the frames from `from` up to `until`, which it does not hold; of a long run the ends are rounded outwards. @param {Motion} motion @param {number} from @param {number} until @returns {number} */
export function highest({ levels }, from, until) {
  let depth = 0;
  while (depth + 1 < levels.length && until - from > 2 * FOLD ** (depth + 1)) depth += 1;
  const scale = FOLD ** depth;
  const level = levels[depth];
  let most = 0;
  for (let n = Math.floor(from / scale); n < Math.min(Math.ceil(until / scale), level.length); n++) if (level[n] > most) most = level[n];
  return most;
}

/** @param {CanvasRenderingContext2D} context @param {Motion} motion @param {number[]} frames the first of each pixel, and the one after the last @param {string} colour @param {{top: number, height: number}} row */
export function drawMotion(context, motion, frames, colour, { top, height }) {
  context.beginPath();
  for (let x = 0; x + 1 < frames.length; x++) {
    const energy = highest(motion, frames[x], Math.max(frames[x + 1], frames[x] + 1));
    const high = Math.min(energy / motion.peak, 1) * (height - 3);
    if (high >= 0.5) context.rect(x, top + height - 1 - high, 1, high);
  }
  context.fillStyle = colour;
  context.fill();
}
