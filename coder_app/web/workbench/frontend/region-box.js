// A region of the picture: left edge, top, width and height in ten-thousandths of it. How it is drawn, moved and sized. Pure arithmetic.
// @ts-check

export const WHOLE = 10_000;
/** The least width and height, as the server has it. */
export const SMALLEST = 100;

/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {[number, number]} Point across and down the picture, in shares of it */
/** @typedef {"nw" | "ne" | "sw" | "se"} Corner */

export const CORNERS = Object.freeze(/** @type {Corner[]} */ (["nw", "ne", "sw", "se"]));
/** Where a region begins that is drawn by keys: in the middle of what a pass shows. @param {string} hide "left", "right" or "none" @returns {Box} */
export function middleBox(hide) {
  const middle = { none: 5000, left: 7500, right: 2500 }[hide] ?? 5000;
  return { x: middle - 1250, y: 3500, width: 2500, height: 3000 };
}

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.min(Math.max(Math.round(value), least), most);

/** The same size inside the picture. @param {Box} box @param {number} by_x @param {number} by_y @returns {Box} */
export function movedBox(box, by_x, by_y) {
  return { ...box, x: within(box.x + by_x, 0, WHOLE - box.width), y: within(box.y + by_y, 0, WHOLE - box.height) };
}

/** Its right and lower edge moved. @param {Box} box @param {number} by_x @param {number} by_y @returns {Box} */
export function sizedBox(box, by_x, by_y) {
  return { ...box, width: within(box.width + by_x, SMALLEST, WHOLE - box.x), height: within(box.height + by_y, SMALLEST, WHOLE - box.y) };
}

/** Between two points, wherever they are. @param {Point} one @param {Point} other @returns {Box} */
export function drawnBox(one, other) {
  const [x, width] = side(one[0], other[0]);
  const [y, height] = side(one[1], other[1]);
  return { x, y, width, height };
}

/** @param {number} one @param {number} other in shares @returns {[number, number]} where it begins and how long it is */
function side(one, other) {
  const from = within(Math.min(one, other) * WHOLE, 0, WHOLE - SMALLEST);
  return [from, within(Math.max(one, other) * WHOLE, from + SMALLEST, WHOLE) - from];
}

/** The corner that stays where it is while another is dragged. @param {Box} box @param {Corner} corner that is dragged @returns {Point} */
export function opposite({ x, y, width, height }, corner) {
  return [(corner.endsWith("w") ? x + width : x) / WHOLE, (corner.startsWith("n") ? y + height : y) / WHOLE];
}

/** Whether any of it lies in the half of the picture that a pass hides. @param {Box} box @param {string} hide "left", "right" or "none" */
export function isHidden({ x, width }, hide) {
  if (hide === "left") return x < WHOLE / 2;
  return hide === "right" && x + width > WHOLE / 2;
}

/** @param {Box} box @returns {string} */
export function placeWords({ x, y, width, height }) {
  const percent = (/** @type {number} */ n) => `${Math.round(n / 10) / 10} %`;
  return `${percent(x)} from the left, ${percent(y)} from the top, ${percent(width)} wide, ${percent(height)} high`;
}
