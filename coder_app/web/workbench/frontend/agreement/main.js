// The disagreement viewer: a queue, the stretch it points at in a loop, and both codings above each other.
// @ts-check

import { Scope } from "../scope.js";
import { frame } from "./elements.js";
import { List } from "./list.js";
import { Lines } from "./lines.js";
import { Screen } from "./screen.js";
import { beside } from "./queue.js";

/**
 * @typedef {{key: string, sides: string[], media: {id: string, observation: string} | null, end_us: number,
 *   streams: import("./lanes.js").Stream[], disagreements: import("./queue.js").Disagreement[]}} Data
 */

/** @typedef {{key: string, scope: Scope, root: HTMLElement}} Mounted */
/** @type {WeakMap<Element, Mounted>} */
const mounted = new WeakMap();

/**
 * Shows once for each `key`: a later run of the page with the same key finds the viewer as it was. Streamlit calls the clean-up of one
 * run after the call of the next, so it ends the viewer only if its place has left the page. @param {any} component
 */
export function show(component) {
  /** @type {{data: Data, parentElement: HTMLElement}} */
  const { data, parentElement } = component;
  const before = mounted.get(parentElement);
  if (before && before.key !== data.key) end(parentElement, before);
  let here = mounted.get(parentElement);
  if (!here) {
    const scope = new Scope();
    here = { key: data.key, scope, root: mount(scope, parentElement, data) };
    mounted.set(parentElement, here);
  }
  if (!parentElement.contains(here.root)) parentElement.append(here.root);
  const shown = here;
  return () => queueMicrotask(() => parentElement.isConnected || end(parentElement, shown));
}

/** @param {HTMLElement} parent @param {Mounted} here */
function end(parent, here) {
  here.scope.end();
  if (mounted.get(parent) === here) mounted.delete(parent);
}

/** @param {Scope} scope @param {HTMLElement} parent @param {Data} data @returns {HTMLElement} */
function mount(scope, parent, data) {
  const parts = frame(data.media !== null);
  parent.append(parts.root);
  scope.own(() => parts.root.remove());
  const screen = new Screen(scope, parts, data, (t_us) => lines.head(t_us));
  const list = new List(scope, parts, data, (i) => choose(i), () => lines.only(list.stream));
  const lines = new Lines(scope, parts, data, (i) => choose(i), (t_us) => screen.goTo(t_us));
  let chosen = /** @type {number | null} */ (null);

  /** @param {number | null} i */
  function choose(i, play = true) {
    if (i === null) return;
    chosen = i;
    const one = data.disagreements[i];
    list.mark(i);
    lines.mark(i);
    Object.assign(parts.root.dataset, { chosen: String(i), fromUs: String(one.from_us), toUs: String(one.to_us) });
    void screen.playLoop(one, play);
  }

  /** @type {Record<string, () => void>} */
  const actions = {
    play: () => screen.toggle(),
    back: () => screen.step(-1),
    on: () => screen.step(1),
    previous: () => choose(beside(list.order, chosen, -1)),
    next: () => choose(beside(list.order, chosen, 1)),
    whole: () => lines.whole(),
    out: () => lines.zoom(2),
    in: () => lines.zoom(0.5),
  };
  /** @type {Record<string, string>} */
  const keys = { " ": "play", ",": "back", ".": "on", n: "next", p: "previous", ArrowDown: "next", ArrowUp: "previous" };
  scope.on(parts.root, "click", (event) => {
    const name = event.target.closest?.("[data-do]")?.dataset.do;
    if (name) actions[name]();
  });
  scope.on(parts.root, "keydown", (event) => {
    const name = keys[event.key];
    const scrolls = event.target === parts.scroll && event.key.startsWith("Arrow");
    const held = scrolls || event.target.closest?.("select, input, textarea") || event.ctrlKey || event.metaKey || event.altKey;
    const presses = event.key === " " && event.target.closest?.("button:not([data-item])");
    if (!name || held || presses) return;
    event.preventDefault();
    event.stopPropagation();
    actions[name]();
  });
  if (list.order.length > 0) choose(list.order[0], false);
  return parts.root;
}
