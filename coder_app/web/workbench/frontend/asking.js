// What the keyboard is being asked for after a code: its modifiers and what it answers, a value of a rating, or another code. Pure.
// @ts-check

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./protocol.js").Modifier} Modifier */
/** @typedef {import("./protocol.js").Code} Code */
/** @typedef {import("./protocol.js").Stream} Stream */
/**
 * @typedef {{kind: "modifiers", id: string, link?: import("./links.js").Choice | null}
 *   | {kind: "rating", stream: Stream, code: Code, typed: string, episode: string | null}
 *   | {kind: "recode", id: string}} Asking
 */

/** Modifiers of a code that have no answer yet, in the scheme's order. @param {Modifier[]} all @param {Code} code @param {Event} event */
export function unanswered(all, code, event) {
  return all.filter((m) => code.modifiers.includes(m.id) && event.modifiers[m.id] === undefined);
}

/** Required ones among them. @param {Modifier[]} all @param {Code | undefined} code @param {Event} event */
export function missing(all, code, event) {
  return code ? unanswered(all, code, event).filter((m) => m.required) : [];
}

/** The modifier and value that `key` answers, or null. @param {Modifier[]} open @param {string} key @returns {{modifier: Modifier, value: boolean | string} | null} */
export function answerOf(open, key) {
  for (const modifier of open) {
    const value = modifier.values.find((v) => v.hotkey === key);
    if (value) return { modifier, value: value.id };
    if (modifier.values.length === 0 && modifier.hotkey === key) return { modifier, value: true };
  }
  return null;
}

/**
 * One more digit of a rating. `done` once no further digit could make a lawful value.
 * @param {{min: number, max: number}} scale @param {string} typed @param {string} digit @returns {{typed: string, value: number | null}}
 */
export function typedRating(scale, typed, digit) {
  const text = typed + digit;
  const value = Number(text);
  if (value > scale.max) return typed === "" ? { typed: "", value: null } : typedRating(scale, "", digit);
  const couldGrow = value * 10 <= scale.max && value > 0;
  if (couldGrow || value < scale.min) return { typed: text, value: null };
  return { typed: text, value };
}
