// How the picture is looked at: how large, which part of it, how bright. What is recorded does not change with it.
// @ts-check

/** @typedef {{zoom: number, x: number, y: number, brightness: number, contrast: number}} Look `x` and `y` in shares of the picture's size */

/** @type {Readonly<Look>} */
export const AS_RECORDED = Object.freeze({ zoom: 1, x: 0, y: 0, brightness: 1, contrast: 1 });
export const RANGES = Object.freeze({ zoom: [1, 8], brightness: [0.2, 3], contrast: [0.2, 3] });

/** @param {number} value @param {readonly number[]} range */
const within = (value, [low, high]) => Math.min(Math.max(value, low), high);

/** The same look with everything in its range and no ground beside the picture. @param {Look} look @returns {Look} */
export function fittedLook(look) {
  const zoom = within(look.zoom, RANGES.zoom);
  const reach = (zoom - 1) / 2;
  return {
    zoom, x: within(look.x, [-reach, reach]) + 0, y: within(look.y, [-reach, reach]) + 0,
    brightness: within(Math.round(look.brightness * 100) / 100, RANGES.brightness),
    contrast: within(Math.round(look.contrast * 100) / 100, RANGES.contrast),
  };
}

/** Larger or smaller; what is under a point of the picture stays there. @param {Look} look @param {number} factor @param {[number, number]} [at] from its middle, in shares */
export function zoomedLook(look, factor, at = [0, 0]) {
  const zoom = within(look.zoom * factor, RANGES.zoom);
  const [px, py] = at;
  return fittedLook({ ...look, zoom, x: look.x + px * (look.zoom - zoom), y: look.y + py * (look.zoom - zoom) });
}

/** @param {Look} look @param {number} by_x @param {number} by_y in shares of the picture as it would be without zoom @returns {Look} */
export function pannedLook(look, by_x, by_y) {
  return fittedLook({ ...look, x: look.x + by_x, y: look.y + by_y });
}

/** @param {Look} look @returns {{transform: string, filter: string}} in CSS */
export function styleOf({ zoom, x, y, brightness, contrast }) {
  return {
    transform: zoom === 1 ? "" : `translate(${(x * 100).toFixed(3)}%, ${(y * 100).toFixed(3)}%) scale(${zoom.toFixed(4)})`,
    filter: brightness === 1 && contrast === 1 ? "" : `brightness(${brightness}) contrast(${contrast})`,
  };
}
