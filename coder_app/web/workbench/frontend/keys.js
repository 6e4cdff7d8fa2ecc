// Which key means what, and how keys are written.
// @ts-check

import { COMMANDS } from "./commands.js";
import { keymap } from "./keymap.js";

/** @typedef {import("./commands.js").Command} Command */

/** Keys of the number pad, told from others by their place. */
const PAD = /^Numpad(\d|Add|Subtract|Multiply|Divide|Decimal|Enter)$/;
const ALONE = new Set(["Control", "Shift", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock", "Dead", "Unidentified", "Process", "Compose"]);
/** Shifted signs that mean their key. @type {Record<string, string>} */
const PLAIN = { "+": "=", _: "-", "<": ",", ">": ".", "{": "[", "}": "]", " ": "Space", Spacebar: "Space" };

/**
 * @typedef {{key: string, code: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean,
 *   getModifierState?: (name: string) => boolean}} Pressed
 */

/** The key and what is held with it, as `COMMANDS` writes it. AltGr writes signs and counts as nothing. @param {Pressed} event @returns {string} */
export function chord(event) {
  const altGr = event.getModifierState?.("AltGraph") ?? false;
  const sign = event.key.length === 1;
  const key = sign ? (PLAIN[event.key] ?? event.key.toLowerCase()) : (PLAIN[event.key] ?? event.key);
  const parts = [];
  if ((event.ctrlKey || event.metaKey) && !altGr) parts.push("Ctrl");
  if (event.altKey && !altGr) parts.push("Alt");
  if (event.shiftKey && (!sign || parts.length > 0)) parts.push("Shift");
  return [...parts, key].join("+");
}

/** The key by its place on the number pad, or null. @param {Pressed} event @returns {string | null} */
function padChord(event) {
  const place = PAD.exec(event.code);
  if (place === null) return null;
  const held = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""].filter(Boolean);
  return [...held, `Num${place[1]}`].join("+");
}

/** The key as a map names it; null for one that is only held with others. @param {Pressed} event @returns {string | null} */
export function chordOf(event) {
  return ALONE.has(event.key) ? null : (padChord(event) ?? chord(event));
}

/** What the key asks for in the coder's own map. @param {Pressed} event @returns {Command | null} */
export function commandOf(event) {
  const pad = padChord(event);
  return (pad === null ? null : keymap.map.commandOf(pad)) ?? keymap.map.commandOf(chord(event));
}

/** The letter or digit of a key that may be a code's, else null. Other scripts' keyboards give the letter of the place. @param {Pressed} event @returns {string | null} */
export function codeKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (/^[a-z0-9]$/i.test(event.key)) return event.key.toLowerCase();
  const place = /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code);
  return place && event.key.length === 1 && event.key.charCodeAt(0) > 127 ? place[1].toLowerCase() : null;
}

/** A key as people write it. @param {string} key @returns {string} */
export function keyName(key) {
  const names = /** @type {Record<string, string>} */ ({
    NumAdd: "Num +", NumSubtract: "Num −", NumMultiply: "Num ×", NumDivide: "Num ÷", NumDecimal: "Num .", NumEnter: "Num Enter",
    ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", PageUp: "Page up", PageDown: "Page down", Delete: "Del", Escape: "Esc",
  });
  return key.split("+").map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part.replace(/^Num(\d)$/, "Num $1"))).join(" ");
}

/** The first key of a command, as people write it; "" where it has none. @param {string} id @returns {string} */
export function keyOf(id) {
  const [key] = keymap.map.keysOf(id);
  return key === undefined ? "" : keyName(key);
}

/** The keys of one command for a button's hint. @param {string} id @returns {string} */
export function hint(id) {
  const command = COMMANDS.find((c) => c.id === id);
  if (!command) return "";
  const keys = keymap.map.keysOf(id).map(keyName).join(" or ");
  return keys ? `${command.name} (${keys})` : command.name;
}

/** Every hint as it is now, by command. @returns {Map<string, string>} */
export function hints() {
  return new Map(COMMANDS.map(({ id }) => [id, hint(id)]));
}

/**
 * The coder's keys have changed: what stands on the page follows. @param {Element} root @param {Map<string, string>} before hints till now
 */
export function relabel(root, before) {
  const changes = [...before].map(([id, old]) => [old, hint(id)]).filter(([old, now]) => old !== now);
  for (const element of root.querySelectorAll("[title], [aria-label]")) {
    for (const name of ["title", "aria-label"]) {
      const text = element.getAttribute(name);
      const change = text === null ? undefined : changes.find(([old]) => text === old || (old.endsWith(")") && text.includes(old)));
      if (text !== null && change) element.setAttribute(name, text.replace(change[0], change[1]));
    }
  }
  for (const cap of root.querySelectorAll("[data-key-of]")) cap.textContent = keyOf(/** @type {HTMLElement} */ (cap).dataset.keyOf ?? "");
}

/** Whether typing goes into this element. @param {EventTarget | null} target @returns {boolean} */
export function takesText(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !target.matches("[type=checkbox], [type=radio], [type=button], [type=range]");
}
