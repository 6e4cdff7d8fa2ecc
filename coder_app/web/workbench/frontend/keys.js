// Which key means what. Transport and editing keys are punctuation, arrows and function keys; letters and digits are the codes'.
// @ts-check

/** @typedef {{id: string, keys: readonly string[], name: string, group: string, held?: boolean}} Command */

/** @param {string} group @param {[string, string[], string, boolean?][]} rows @returns {Command[]} */
function table(group, rows) {
  return rows.map(([id, keys, name, held = false]) => Object.freeze({ id, keys: Object.freeze(keys), name, group, held }));
}

/** Every command with its keys, in the order of the key help. `held`: goes on while the key is held. */
export const COMMANDS = Object.freeze([
  ...table("Play", [
    ["toggle", ["Space"], "Play or pause"],
    ["frameForward", ["ArrowRight"], "One frame forward", true],
    ["frameBack", ["ArrowLeft"], "One frame back", true],
    ["secondForward", ["Shift+ArrowRight", "."], "One second forward", true],
    ["secondBack", ["Shift+ArrowLeft", ","], "One second back", true],
    ["slower", ["-"], "Slower"],
    ["faster", ["="], "Faster"],
    ["start", ["Home"], "To the start"],
    ["end", ["End"], "To the end"],
    ["pageForward", ["PageDown"], "One window of the timeline forward", true],
    ["pageBack", ["PageUp"], "One window of the timeline back", true],
  ]),
  ...table("Timeline", [
    ["zoomIn", ["Shift+ArrowUp"], "Show less time", true],
    ["zoomOut", ["Shift+ArrowDown"], "Show more time", true],
    ["zoomAll", ["F10"], "Show the whole recording, or a window again"],
    ["nextPass", ["Shift+PageDown"], "Next pass"],
    ["previousPass", ["Shift+PageUp"], "Previous pass"],
  ]),
  ...table("Events", [
    ["nextEvent", ["]", "ArrowDown"], "Select the next event and go to it", true],
    ["previousEvent", ["[", "ArrowUp"], "Select the event before and go to it", true],
    ["selectHere", ["Enter"], "Select the event at the playhead"],
    ["onsetBack", ["Ctrl+ArrowLeft"], "Onset one frame earlier", true],
    ["onsetForward", ["Ctrl+ArrowRight"], "Onset one frame later", true],
    ["offsetBack", ["Ctrl+Shift+ArrowLeft"], "Offset one frame earlier", true],
    ["offsetForward", ["Ctrl+Shift+ArrowRight"], "Offset one frame later", true],
    ["onsetHere", ["F6"], "Onset to the frame on screen"],
    ["offsetHere", ["F7"], "Offset to the frame on screen"],
    ["recode", ["F4"], "Recode: then press the key of the other code"],
    ["modifiers", ["F9"], "Ask for the modifiers again"],
    ["comment", ["F2"], "Write a comment"],
    ["unsure", ["F8"], "Mark as unsure, or sure again"],
    ["remove", ["Delete", "Backspace"], "Remove the event"],
    ["undo", ["Ctrl+z"], "Undo", true],
    ["redo", ["Ctrl+Shift+z", "Ctrl+y"], "Redo", true],
  ]),
  ...table("Page", [
    ["help", ["?", "F1"], "Show or hide these keys"],
    ["leave", ["Escape"], "Close what is asked, or clear the selection"],
  ]),
]);

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
