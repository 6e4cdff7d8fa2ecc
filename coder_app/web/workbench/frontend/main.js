// The door from the host page: mounts one workbench on an element, updates it on later calls, and gives back its clean-up.
// @ts-check

import { post } from "./api.js";
import { newId } from "./ids.js";
import { Line } from "./line.js";
import { Outbox } from "./outbox.js";
import { preferences } from "./preferences.js";
import { Scope } from "./scope.js";
import { Workbench } from "./workbench.js";

/**
 * @typedef {{coding: string, folder: string, base: string}} Data
 * @typedef {{data: Data, parentElement: HTMLElement}} Component
 * @typedef {{coding: string, scope: Scope, bench: Workbench | null}} Mounted
 */

/** @type {WeakMap<HTMLElement, Mounted>} */
const mounted = new WeakMap();

/** The same for every page of this browser, until its storage is cleared. */
function browserId() {
  try {
    const known = localStorage.getItem("coder-browser");
    if (known) return known;
    const made = newId();
    localStorage.setItem("coder-browser", made);
    return made;
  } catch {
    return newId();
  }
}

/** @param {string} base @param {Scope} scope @param {HTMLElement} parent @returns {Promise<void>} */
async function styled(base, scope, parent) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(`${base}/workbench.css`, document.baseURI).href;
  const loaded = scope.once(link, "load", 3_000);
  parent.append(link);
  scope.own(() => link.remove());
  await loaded;
}

/** @param {Component} component @returns {() => void} clean-up */
export function mount(component) {
  const { data, parentElement } = component;
  const known = mounted.get(parentElement);
  if (known && known.coding === data.coding && !known.scope.ended) {
    known.bench?.setTheme();
    return () => unmount(parentElement);
  }
  if (known) unmount(parentElement);
  const scope = new Scope();
  const entry = /** @type {Mounted} */ ({ coding: data.coding, scope, bench: null });
  mounted.set(parentElement, entry);
  void start(entry, data, parentElement);
  return () => unmount(parentElement);
}

/** @param {Mounted} entry @param {Data} data @param {HTMLElement} parent */
async function start(entry, { coding, folder, base }, parent) {
  const { scope } = entry;
  const [outbox] = await Promise.all([Outbox.open({ folder, post: new Line({ post, scope }).post, scope }), styled(base, scope, parent)]);
  if (scope.ended) return;
  preferences.open({ folder, coding, scope, say: (text) => entry.bench?.session.tell(text) });
  entry.bench = new Workbench({ parent, coding, browser: browserId(), folder, outbox, scope });
  await entry.bench.open();
}

/** @param {HTMLElement} parent */
function unmount(parent) {
  mounted.get(parent)?.scope.end();
  mounted.delete(parent);
}
