// The colours of the page as the canvas needs them: read from the style sheet's own custom properties.
// @ts-check

import { luminance } from "./palette.js";

/** @param {CanvasRenderingContext2D} context @param {string} colour any CSS colour @returns {string} #rrggbb */
function plain(context, colour) {
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return `#${[r, g, b].map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

/** Also marks the root as dark, on which some of the colours depend. @param {HTMLElement} root @returns {import("./timeline/draw.js").Theme & {dark: boolean}} */
export function readTheme(root) {
  const style = getComputedStyle(root);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  const probe = document.createElement("i");
  root.append(probe);
  const colour = (/** @type {string} */ name) => {
    probe.style.color = `var(--wb-${name})`;
    return plain(context, getComputedStyle(probe).color);
  };
  const names = ["text", "quiet", "line", "ground", "panel", "accent", "danger", "uncoded", "none", "wave"];
  const dark = luminance(colour("ground")) < 0.2;
  root.dataset.dark = String(dark);
  const found = Object.fromEntries(names.map((name) => [name, colour(name)]));
  probe.remove();
  return /** @type {any} */ ({ ...found, face: style.fontFamily, dark });
}
