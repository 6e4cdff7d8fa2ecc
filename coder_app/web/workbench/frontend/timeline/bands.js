// Episodes on the timeline: tinted ground behind all streams, and a strip with their names above the rows.
// @ts-check

import { xOf } from "./layout.js";

export const BAND_PX = 20;
const NAME_FROM_PX = 6;

/** @typedef {import("../protocol.js").Episode} Episode */
/** @typedef {{list: Episode[], selected: string | null}} Bands */
/** @typedef {{view: import("./layout.js").View, theme: import("./draw.js").Theme, bands: Bands}} Shown */

/** Height of the strip: none while there is no episode. @param {Bands} bands */
export function stripOf({ list }) {
  return list.length > 0 ? BAND_PX : 0;
}

/** Calls `draw` for those in sight, with their pixels. @param {Shown} shown @param {(one: Episode, x: number, right: number, n: number) => void} draw */
function eachBand({ view, bands }, draw) {
  bands.list.forEach((one, n) => {
    const [x, right] = [Math.round(xOf(view, one.onset_us)), Math.round(xOf(view, one.offset_us))];
    if (right >= 0 && x <= view.width_px) draw(one, Math.max(x, -2), Math.min(right, view.width_px + 2), n);
  });
}

/** The ground: every other one a little darker, a line at both ends. @param {CanvasRenderingContext2D} context @param {Shown} shown @param {number} top @param {number} height */
export function tintBands(context, shown, top, height) {
  context.fillStyle = shown.theme.accent;
  eachBand(shown, (_one, x, right, n) => {
    context.globalAlpha = n % 2 === 0 ? 0.13 : 0.06;
    context.fillRect(x, top, right - x, height);
    context.globalAlpha = 0.6;
    context.fillRect(x, top, 1, height);
    context.fillRect(right - 1, top, 1, height);
  });
  context.globalAlpha = 1;
}

/** The strip with the names. @param {CanvasRenderingContext2D} context @param {Shown} shown @param {number} top */
export function drawBands(context, shown, top) {
  const { theme, bands } = shown;
  context.font = `600 11.5px ${theme.face}`;
  context.textBaseline = "middle";
  eachBand(shown, (one, x, right, n) => {
    const selected = one.id === bands.selected;
    const left = Math.max(x, 0);
    context.fillStyle = theme.accent;
    context.globalAlpha = selected ? 0.42 : n % 2 === 0 ? 0.26 : 0.16;
    context.fillRect(x, top + 1, right - x - 1, BAND_PX - 2);
    context.globalAlpha = 1;
    context.fillRect(x, top + 1, 2, BAND_PX - 2);
    context.fillRect(right - 2, top + 1, 1, BAND_PX - 2);
    if (selected) outline(context, x, top, right, theme.text);
    named(context, fitting(context, one.name, right - left - NAME_FROM_PX - 4, theme.face), left + NAME_FROM_PX, top + BAND_PX / 2, theme.text);
  });
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} top @param {number} right @param {string} colour */
function outline(context, x, top, right, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.strokeRect(x + 0.75, top + 1.75, right - x - 2.5, BAND_PX - 3.5);
}

/** Widths of names, which are asked for in every frame. @type {Map<string, number>} */
const WIDTHS = new Map();
const WIDTHS_MOST = 500;

/** As much of the name as there is room for. @param {CanvasRenderingContext2D} context @param {string} name @param {number} room @param {string} face */
function fitting(context, name, room, face) {
  const key = `${face} ${name}`;
  if (WIDTHS.size >= WIDTHS_MOST || !document.fonts.check(context.font)) WIDTHS.clear();
  const width = WIDTHS.get(key) ?? context.measureText(name).width;
  WIDTHS.set(key, width);
  if (width <= room) return name;
  const count = Math.floor((name.length * room) / width) - 1;
  return count > 0 ? `${name.slice(0, count)}…` : "";
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y @param {string} ink */
function named(context, text, x, y, ink) {
  context.fillStyle = ink;
  context.fillText(text, x, y + 0.5);
}
