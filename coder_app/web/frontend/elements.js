// Elements without markup in strings: text stays text, whoever wrote it.
// @ts-check

/**
 * @param {string} tag
 * @param {Record<string, any>} [settings] attributes; `class`, `on<event>` listeners, `data` for the data set; null leaves one out
 * @param {...(Node | string | null | undefined)} inside
 * @returns {HTMLElement}
 */
export function element(tag, settings = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(made.dataset, value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...inside.filter((part) => part !== null && part !== undefined).map((part) => part ?? ""));
  return made;
}

/**
 * @param {ParentNode & Node} parent
 * @param {string} name class of the one box of ours in `parent`
 * @returns {HTMLElement} the box, emptied
 */
export function box(parent, name) {
  let found = /** @type {HTMLElement | null} */ (parent.querySelector(`:scope > .${name}`));
  if (!found) {
    found = element("div", { class: name });
    parent.append(found);
  }
  found.replaceChildren();
  return found;
}

/** @param {number} bytes @returns {string} like "12.3 MB" */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}
