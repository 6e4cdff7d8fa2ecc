// Makes elements. Text always goes in as text.
// @ts-check

/** @typedef {string | number | Node | null | undefined | false} Child */

/**
 * @param {string} tag with classes: "div.wb-row.wb-wide" @param {Record<string, any>} [attributes] @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("--")) element.style.setProperty(key, String(value));
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((c) => c !== null && c !== undefined && c !== false).map((c) => (c instanceof Node ? c : String(c))));
  return element;
}

/** Sets text only when it changes; in place, where there is one already: a new text node costs a look at the whole page's styles.
 *  @param {Element} element @param {string} text */
export function say(element, text) {
  const [only, next] = element.childNodes;
  if (!(only instanceof Text) || next) element.textContent = text;
  else if (only.data !== text) only.data = text;
}

/** Sets or takes away an attribute only when it changes. @param {Element} element @param {string} name @param {string | null} value */
export function mark(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Shows or hides only what is not so already. @param {HTMLElement} element @param {boolean} shown */
export function show(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/** A key as it stands on a button; with `of`, a command, it follows the coder's map. @param {string | null} key @param {string} [of] @returns {HTMLElement} */
export function keycap(key, of) {
  return h("kbd.wb-key", { "data-key-of": of }, key ?? "");
}

/** A button that leaves the focus where it is when clicked with the mouse. @param {string} tag @param {Record<string, any>} attributes @param {...Child} children @returns {HTMLButtonElement} */
export function button(tag, attributes, ...children) {
  return /** @type {HTMLButtonElement} */ (h(`button.${tag}`, { type: "button", ...attributes }, ...children));
}

const SVG = "http://www.w3.org/2000/svg";

/** Icons of the transport, drawn on 16 x 16. @type {Record<string, string>} */
const PATHS = {
  play: "M4 2.5v11l9-5.5z",
  pause: "M4 2.5h3v11H4zM9.5 2.5h3v11h-3z",
  back: "M10.5 3v10L4 8zM12 3h1.5v10H12z",
  forward: "M5.5 3v10L12 8zM2.5 3H4v10H2.5z",
  backSecond: "M8 3v10L1.5 8zM14.5 3v10L8 8z",
  forwardSecond: "M8 3v10l6.5-5zM1.5 3v10L8 8z",
  start: "M3 3h1.5v10H3zM13 3v10L5.5 8z",
  end: "M11.5 3H13v10h-1.5zM3 3v10l7.5-5z",
  sound: "M2 6h3l4-3.5v11L5 10H2zM11 5.2a4 4 0 0 1 0 5.6M12.7 3.4a6.5 6.5 0 0 1 0 9.2",
  mute: "M2 6h3l4-3.5v11L5 10H2zM11 6l4 4M15 6l-4 4",
  undo: "M5.5 3.5 2 7l3.5 3.5M2.5 7H9a4 4 0 0 1 0 8H7",
  loop: "M4.5 4H11a3 3 0 0 1 0 8H5a3 3 0 0 1-2.6-4.5M6.5 1.8 4.3 4l2.2 2.2",
  tools: "M2 4.5h7M13 4.5h1M2 11.5h2M8 11.5h6M11 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4M6 9.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4",
  redo: "M10.5 3.5 14 7l-3.5 3.5M13.5 7H7a4 4 0 0 0 0 8h2",
};
const STROKED = new Set(["sound", "mute", "undo", "redo", "loop", "tools"]);

/** @param {string} name @returns {Element} */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", STROKED.has(name) ? "wb-icon wb-stroked" : "wb-icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
