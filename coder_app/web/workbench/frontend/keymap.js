// The coder's own key map: a preset with changes of their own, and why a key is refused. Pure but for `keymap`, the map of this
// page, which every hint and every key reads.
// @ts-check

import { COMMANDS } from "./commands.js";
import { presetOf } from "./key-presets.js";

/** @typedef {import("./commands.js").Command} Command */
/** @typedef {Record<string, string[]>} Changes command to its keys */
/** @typedef {{preset: string, changes: Record<string, Changes>}} Kept changes by preset: each keeps its own */
/** @typedef {{key: string, name: string, where: string}} CodeKey a code's key, in which stream and pass */

/** The way out of everything stays where it is. */
export const FIXED = new Set(["leave"]);
/** The name of the preference that holds the map. */
export const PREFERENCE = "keys";
const MOST_KEYS = 8;

const RESERVED = new Map(/** @type {[string, string][]} */ ([
  ...["Tab", "Shift+Tab"].map((key) => [key, "it moves the focus"]),
  ["Escape", "it closes what is open"],
  ...["F5", "Ctrl+F5", "Shift+F5", "Ctrl+r", "Ctrl+Shift+r"].map((key) => [key, "the browser loads the page again with it"]),
  ...["Ctrl+t", "Ctrl+Shift+t", "Ctrl+n", "Ctrl+Shift+n", "Ctrl+w", "Ctrl+Shift+w", "Ctrl+q", "Ctrl+Shift+q", "Ctrl+F4", "Alt+F4"]
    .map((key) => [key, "the browser opens and closes windows with it"]),
  ...["Ctrl+Tab", "Ctrl+Shift+Tab", "Ctrl+PageUp", "Ctrl+PageDown", ..."123456789"].map((key) => [key.length === 1 ? `Ctrl+${key}` : key, "the browser changes tabs with it"]),
  ...["Ctrl+=", "Ctrl+Shift+=", "Ctrl+-", "Ctrl+0", "Ctrl+NumAdd", "Ctrl+NumSubtract", "Ctrl+Num0"].map((key) => [key, "the browser makes everything larger or smaller with it"]),
  ...["Ctrl+l", "Alt+d"].map((key) => [key, "the browser goes to its address line with it"]),
  ...["F11", "F12", "Ctrl+Shift+i", "Ctrl+Shift+j"].map((key) => [key, "the browser keeps it for itself"]),
]));

/** Commands and their keys as they are for this coder. */
export class KeyMap {
  /** @type {Map<string, readonly string[]>} */
  #keys = new Map();
  /** @type {Map<string, Command>} */
  #commands = new Map();

  /** @param {Kept | null} [kept] */
  constructor(kept = null) {
    this.preset = presetOf(kept?.preset ?? "").id;
    const fixed = COMMANDS.filter((c) => FIXED.has(c.id)).map((c) => [c.id, c.keys]);
    const own = kept?.changes?.[this.preset] ?? {};
    for (const layer of [Object.fromEntries(fixed), own, presetOf(this.preset).keys]) {
      for (const command of COMMANDS) if (Array.isArray(layer[command.id])) this.#give(command, layer[command.id]);
    }
    for (const command of COMMANDS) this.#give(command, command.keys);
  }

  /** Keys that are free and lawful, unless the command has some already. @param {Command} command @param {readonly string[]} keys */
  #give(command, keys) {
    if (this.#keys.get(command.id)?.length) return;
    const free = keys.filter((key) => typeof key === "string" && !this.#commands.has(key) && !isCodes(key) && (!RESERVED.has(key) || FIXED.has(command.id)));
    this.#keys.set(command.id, free);
    for (const key of free) this.#commands.set(key, command);
  }

  /** @param {string} id @returns {readonly string[]} */
  keysOf(id) {
    return this.#keys.get(id) ?? [];
  }

  /** @param {string} chord @returns {Command | null} */
  commandOf(chord) {
    return this.#commands.get(chord) ?? null;
  }
}

/** A letter or digit alone. @param {string} chord @returns {boolean} */
function isCodes(chord) {
  return /^[a-z0-9]$/i.test(chord);
}

/**
 * Why a command cannot have that key; null if it can. @param {string} chord @param {string} command @param {KeyMap} map
 * @param {CodeKey[]} codes of all passes @param {string} [letter] the letter or digit that the key is on this keyboard, if it is one
 * @returns {string | null}
 */
export function refusal(chord, command, map, codes, letter = isCodes(chord) ? chord : "") {
  if (FIXED.has(command)) return "Esc always closes what is open; it stays where it is.";
  if (letter !== "") {
    const code = codes.find(({ key }) => key === letter);
    const streamlit = letter === "r" || letter === "c" ? " The page below also keeps it." : "";
    return code ? `It is the key of ${code.name} (${code.where}).` : `Letters and digits are kept for codes, of this scheme and of others.${streamlit}`;
  }
  const code = codes.find(({ key }) => key === chord);
  if (code) return `It is the key of ${code.name} (${code.where}).`;
  const kept = RESERVED.get(chord);
  if (kept) return `It cannot be used: ${kept}.`;
  const holder = map.commandOf(chord);
  if (holder && holder.id !== command) return `It is the key of "${holder.name}". Give that another key first.`;
  return null;
}

/** @param {unknown} value as kept @returns {Kept} */
export function asKept(value) {
  const found = /** @type {any} */ (value);
  const changes = found?.changes && typeof found.changes === "object" ? found.changes : {};
  return { preset: presetOf(found?.preset ?? "").id, changes };
}

/** The same with other keys for one command; null gives it those of the preset again. @param {Kept} kept @param {string} command @param {readonly string[] | null} keys @returns {Kept} */
export function changed(kept, command, keys) {
  const own = { ...kept.changes[kept.preset] };
  delete own[command];
  if (keys !== null) own[command] = keys.slice(-MOST_KEYS);
  return { ...kept, changes: { ...kept.changes, [kept.preset]: own } };
}

/** The preset as it comes. @param {Kept} kept @returns {Kept} */
export function reset(kept) {
  const changes = { ...kept.changes };
  delete changes[kept.preset];
  return { ...kept, changes };
}

/** @param {Kept} kept @param {string} command @returns {boolean} */
export function isOwn(kept, command) {
  return Object.hasOwn(kept.changes[kept.preset] ?? {}, command);
}

/** The map of this page. */
export const keymap = {
  kept: asKept(null),
  map: new KeyMap(),
  /** @param {unknown} value as kept */
  use(value) {
    this.kept = asKept(value);
    this.map = new KeyMap(this.kept);
  },
};
