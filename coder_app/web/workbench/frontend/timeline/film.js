// The filmstrip under the ruler: small pictures of the video, each where its time is. Places are tied to the time, not to the
// window, so that the pictures move with it.
// @ts-check

import { xOf } from "./layout.js";

export const FILM_PX = 36;

/** @typedef {{times_us: number[], width: number, height: number}} FilmIndex times from the first frame on */
/** @typedef {{image: CanvasImageSource, index: FilmIndex, first_us: number}} Film */

/** Which pictures stand where. @param {FilmIndex} index @param {number} first_us @param {import("./layout.js").View} view @param {number} wide_px @returns {{x: number, picture: number}[]} */
export function placed({ times_us }, first_us, view, wide_px) {
  const each_us = (wide_px / Math.max(view.width_px, 1)) * view.span_us;
  const found = [];
  const last_us = Math.min(view.from_us + view.span_us, view.end_us);
  for (let n = Math.floor(view.from_us / each_us); n * each_us < last_us; n++) {
    const t_us = (n + 0.5) * each_us - first_us;
    let [low, high] = [0, times_us.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times_us[middle] <= t_us) low = middle + 1;
      else high = middle;
    }
    found.push({ x: xOf(view, n * each_us), picture: Math.max(0, low - 1) });
  }
  return found;
}

/** Which part of each picture a pass shows, across it. @param {number} width @param {string} hide "left", "right" or "none" */
export function partOf(width, hide) {
  const half = Math.floor(width / 2);
  if (hide === "none") return { left: 0, width };
  return { left: hide === "left" ? width - half : 0, width: half };
}

/** @param {CanvasRenderingContext2D} context @param {Film | null} film @param {import("./layout.js").View} view @param {number} top @param {string} hide */
export function drawFilm(context, film, view, top, hide) {
  if (!film || film.index.times_us.length === 0) return;
  const { height } = film.index;
  const { left, width } = partOf(film.index.width, hide);
  const wide_px = Math.max(8, (width / height) * (FILM_PX - 2));
  const end_px = Math.min(view.width_px, xOf(view, view.end_us));
  for (const { x, picture } of placed(film.index, film.first_us, view, wide_px)) {
    const share = Math.min(1, (end_px - x) / wide_px);
    if (share > 0) context.drawImage(film.image, picture * film.index.width + left, 0, width * share, height, x, top + 1, wide_px * share, FILM_PX - 2);
  }
}
