// A canvas as sharp as the screen.
// @ts-check

import { h } from "../dom.js";

export class Layer {
  width = 0;
  height = 0;
  ratio = 0;

  /** @param {string} name class of the canvas */
  constructor(name) {
    this.canvas = /** @type {HTMLCanvasElement} */ (h(`canvas.${name}`, { "aria-hidden": "true" }));
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
  }

  /** @param {number} width in CSS pixels @param {number} height @returns {boolean} whether it had to change, which clears it */
  fit(width, height) {
    const ratio = window.devicePixelRatio || 1;
    if (width === this.width && height === this.height && ratio === this.ratio) return false;
    Object.assign(this, { width, height, ratio });
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return true;
  }
}
