// Small repeating textures, the second sign beside colour. Made once per colour.
// @ts-check

const SIZE = 8;
/** @type {Map<string, CanvasPattern>} */
const made = new Map();

/** @type {Record<string, (tile: CanvasRenderingContext2D) => void>} */
const DRAWN = {
  rising: (tile) => strokes(tile, [[-2, 10, 10, -2], [-6, 6, 6, -6], [2, 14, 14, 2]]),
  falling: (tile) => strokes(tile, [[-2, -2, 10, 10], [-6, 2, 6, 14], [2, -6, 14, 6]]),
  upright: (tile) => strokes(tile, [[4, 0, 4, 8]]),
  dots: (tile) => {
    for (const [x, y] of [[2, 2], [6, 6]]) tile.fillRect(x - 0.75, y - 0.75, 1.5, 1.5);
  },
  hatch: (tile) => strokes(tile, [[-2, 10, 10, -2], [-2, -2, 10, 10]]),
  uncoded: (tile) => strokes(tile, [[-2, 10, 10, -2]]),
};

/** @param {CanvasRenderingContext2D} tile @param {number[][]} lines */
function strokes(tile, lines) {
  tile.beginPath();
  for (const [x1, y1, x2, y2] of lines) {
    tile.moveTo(x1, y1);
    tile.lineTo(x2, y2);
  }
  tile.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {string} name @param {string} colour @returns {CanvasPattern | string} */
export function patterned(context, name, colour) {
  const key = `${name} ${colour}`;
  const known = made.get(key);
  if (known) return known;
  const draw = DRAWN[name];
  const canvas = document.createElement("canvas");
  const ratio = Math.ceil(window.devicePixelRatio || 1);
  canvas.width = canvas.height = SIZE * ratio;
  const tile = canvas.getContext("2d");
  if (!draw || !tile) return "transparent";
  tile.scale(ratio, ratio);
  tile.strokeStyle = tile.fillStyle = colour;
  tile.lineWidth = 1;
  tile.globalAlpha = 0.6;
  draw(tile);
  const pattern = context.createPattern(canvas, "repeat");
  if (!pattern) return "transparent";
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  made.set(key, pattern);
  return pattern;
}
