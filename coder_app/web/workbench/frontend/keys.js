// Which key means what, and how keys are written.
// @ts-check

import { COMMANDS } from "./commands.js";

/** @typedef {import("./commands.js").Command} Command */

const BY_CHORD = new Map(COMMANDS.flatMap((command) => command.keys.map((key) => [key, command])));
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

/** @param {Pressed} event @returns {Command | null} */
export function commandOf(event) {
  return BY_CHORD.get(chord(event)) ?? null;
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
    ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", PageUp: "Page up", PageDown: "Page down", Delete: "Del", Escape: "Esc",
  });
  return key.split("+").map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" ");
}

/** The first key of a command, as people write it; "" where it has none. @param {string} id @returns {string} */
export function keyOf(id) {
  const key = COMMANDS.find((c) => c.id === id)?.keys[0];
  return key === undefined ? "" : keyName(key);
}

/** The keys of one command for a button's hint. @param {string} id @returns {string} */
export function hint(id) {
  const command = COMMANDS.find((c) => c.id === id);
  return command ? `${command.name} (${command.keys.map(keyName).join(" or ")})` : "";
}

/** Whether typing goes into this element. @param {EventTarget | null} target @returns {boolean} */
export function takesText(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !target.matches("[type=checkbox], [type=radio], [type=button], [type=range]");
}
