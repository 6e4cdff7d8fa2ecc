// What moves with the picture: the playhead, the running bouts that grow at it, what is being watched.
// @ts-check

import { drawBout } from "./draw.js";
import { xOf } from "./layout.js";

/**
 * @typedef {{now_us: number, watching: {from_us: number, to_us: number} | null, top: number, head: number, height: number}} Moving
 */

/** @param {CanvasRenderingContext2D} context @param {import("./draw.js").Scene} scene @param {Moving} moving */
export function drawOverlay(context, scene, moving) {
  const { view, theme } = scene;
  context.clearRect(0, 0, view.width_px, moving.height);
  context.save();
  context.beginPath();
  context.rect(0, moving.head, view.width_px, moving.height - moving.head);
  context.clip();
  context.translate(0, moving.top);
  for (const row of scene.rows) drawRunning(context, scene, row, moving);
  context.restore();
  const x = Math.round(xOf(view, moving.now_us));
  if (x < 0 || x > view.width_px) return;
  context.fillStyle = theme.text;
  context.fillRect(x - 0.5, 8, 1.5, moving.height - 8);
  context.beginPath();
  context.moveTo(x - 5, 2);
  context.lineTo(x + 5.5, 2);
  context.lineTo(x + 0.25, 10);
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {import("./draw.js").Scene} scene @param {import("./layout.js").Row} row @param {Moving} moving */
function drawRunning(context, scene, row, { watching }) {
  const { view, theme } = scene;
  for (const lane of row.lanes) {
    const last = scene.index.lane(lane.key).bouts.at(-1);
    if (watching && last && last.offset_us === null) {
      const reach = scene.endOf(last);
      const grown = watching.from_us <= reach && watching.to_us > reach ? watching.to_us : reach;
      if (grown > reach) drawBout(context, scene, lane, last, /** @type {number} */ (last.onset_us), grown);
    }
  }
  if (!watching) return;
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.55;
  const x = xOf(view, watching.from_us);
  context.fillRect(x, row.top + row.height + 1, Math.max(1, xOf(view, watching.to_us) - x), 2);
  context.globalAlpha = 1;
}
