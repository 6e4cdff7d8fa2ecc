// The spectrogram: columns of the level that fits the zoom, read in pieces as they are needed and each painted once.
// @ts-check

import { xOf } from "./layout.js";

/** Columns of a piece. */
export const PIECE = 256;
const PIECES_MOST = 96;
/** So many dB below the loudest sounds are still seen. */
const SEEN_DB = 60;
const GAMMA = 1.4;

/** @typedef {{bands: number, lowest_hz: number, highest_hz: number, column_us: number, fold: number, floor_db: number, levels: number[], loud: number}} About */
/** @typedef {{bytes: Uint8Array | null, canvas: HTMLCanvasElement | null, ink: string}} Piece */

/** The coarsest level whose columns are not wider than a pixel. @param {About} about @param {number} px_us @returns {number} */
export function levelFor({ column_us, fold, levels }, px_us) {
  let level = 0;
  while (level + 1 < levels.length && column_us * fold ** (level + 1) <= px_us) level += 1;
  return level;
}

/** Where a piece stands in the file. @param {About} about @param {number} level @param {number} piece @returns {{from: number, bytes: number}} */
export function placeOf({ bands, levels }, level, piece) {
  const before = levels.slice(0, level).reduce((sum, columns) => sum + columns, 0);
  const first = piece * PIECE;
  return { from: (before + first) * bands, bytes: Math.min(PIECE, levels[level] - first) * bands };
}

/** How opaque each value is drawn: from nothing, `SEEN_DB` below the loud ones, to all of the colour. @param {About} about @returns {Uint8Array} */
export function opacities({ floor_db, loud }) {
  const range = (255 * SEEN_DB) / -floor_db;
  return Uint8Array.from({ length: 256 }, (_, value) => {
    const share = Math.min(Math.max((value - (loud - range)) / range, 0), 1);
    return Math.round(255 * share ** GAMMA);
  });
}

/** The frequency at a height, from 0 (lowest) to 1, in Hz: bands are equally wide in mel. @param {About} about @param {number} share @returns {number} */
export function frequencyAt({ lowest_hz, highest_hz }, share) {
  const [low, high] = [lowest_hz, highest_hz].map((hz) => Math.log10(1 + hz / 700));
  return 700 * (10 ** (low + share * (high - low)) - 1);
}

export class Spectrogram {
  /** @type {Map<string, Piece>} */
  #pieces = new Map();

  /** @param {About} about @param {(from: number, bytes: number) => Promise<Uint8Array | null>} read @param {() => void} onPiece there is more to draw */
  constructor(about, read, onPiece) {
    this.about = about;
    this.read = read;
    this.onPiece = onPiece;
    this.opacity = opacities(about);
  }

  /** @param {CanvasRenderingContext2D} context @param {import("./layout.js").View} view @param {{ink: string, first_us: number}} how @param {{top: number, height: number}} row */
  draw(context, view, { ink, first_us }, { top, height }) {
    const { about } = this;
    const level = levelFor(about, view.span_us / Math.max(view.width_px, 1));
    const column_us = about.column_us * about.fold ** level;
    const piece_us = column_us * PIECE;
    const last = Math.ceil(about.levels[level] / PIECE) - 1;
    const from = Math.max(0, Math.floor((view.from_us - first_us) / piece_us));
    const until = Math.min(last, Math.floor((view.from_us + view.span_us - first_us) / piece_us));
    for (let n = from; n <= until; n++) {
      const picture = this.#picture(level, n, ink);
      if (!picture) continue;
      const start_us = first_us + n * piece_us;
      const [x, right] = [start_us, start_us + picture.width * column_us].map((t_us) => Math.round(xOf(view, t_us))); // no seams
      context.drawImage(picture, x, top, right - x, height);
    }
  }

  /** The painted piece, or null until it has come. @param {number} level @param {number} n @param {string} ink */
  #picture(level, n, ink) {
    const key = `${level} ${n}`;
    const known = this.#pieces.get(key);
    if (!known) {
      void this.#fetch(key, placeOf(this.about, level, n));
      return null;
    }
    this.#pieces.delete(key);
    this.#pieces.set(key, known); // used last
    if (known.bytes && (!known.canvas || known.ink !== ink)) Object.assign(known, { canvas: this.#painted(known.bytes, ink), ink });
    return known.canvas;
  }

  /** @param {string} key @param {{from: number, bytes: number}} place */
  async #fetch(key, { from, bytes }) {
    const piece = /** @type {Piece} */ ({ bytes: null, canvas: null, ink: "" });
    this.#pieces.set(key, piece);
    for (const old of this.#pieces.keys()) {
      if (this.#pieces.size <= PIECES_MOST) break;
      this.#pieces.delete(old);
    }
    piece.bytes = await this.read(from, bytes);
    if (piece.bytes === null) this.#pieces.delete(key);
    else this.onPiece();
  }

  /** @param {Uint8Array} bytes @param {string} ink #rrggbb @returns {HTMLCanvasElement} */
  #painted(bytes, ink) {
    const { bands } = this.about;
    const columns = bytes.length / bands;
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: columns, height: bands });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const image = context.createImageData(columns, bands);
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16));
    for (let column = 0; column < columns; column++) {
      for (let band = 0; band < bands; band++) {
        const at = ((bands - 1 - band) * columns + column) * 4;
        image.data.set([r, g, b, this.opacity[bytes[column * bands + band]]], at);
      }
    }
    context.putImageData(image, 0, 0);
    return canvas;
  }
}
