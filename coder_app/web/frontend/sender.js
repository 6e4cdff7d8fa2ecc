// On every page but the workbench: sends what any outbox of this browser still holds, with the workbench's own sender.
// @ts-check
import { box } from "./elements.js";

/** @type {WeakMap<Node, {end(): void}>} one run an element, however often the page is redrawn */
const running = new WeakMap();

/** @param {any} component data: {base: string, folder: string} */
export function show({ data, parentElement }) {
  if (!running.has(parentElement)) send(data, parentElement).catch((error) => console.warn("outbox", error));
  return () => setTimeout(() => parentElement.isConnected || running.get(parentElement)?.end());
}

/** @param {{base: string, folder: string}} data @param {HTMLElement} parentElement */
async function send({ base, folder }, parentElement) {
  const said = box(parentElement, "coder-waiting");
  said.setAttribute("role", "status");
  said.dataset.idle = "";
  running.set(parentElement, { end() {} });
  const [{ sendWaiting }, { Scope }, { post }] = await Promise.all(
    ["outbox.js", "scope.js", "api.js"].map((name) => import(new URL(`${base}/${name}`, document.baseURI).href)),
  );
  const scope = new Scope();
  running.set(parentElement, scope);
  /** @param {number} count */
  const onWaiting = (count) => {
    said.textContent = count === 0 ? "" : `sending ${count} kept in this browser`;
    said.toggleAttribute("data-idle", count === 0);
  };
  await sendWaiting({ folder, post, scope, onWaiting });
  if (said.textContent) said.textContent = said.textContent.replace("sending", "not taken:");
}
