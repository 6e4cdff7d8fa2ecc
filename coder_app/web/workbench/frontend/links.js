// What an event may answer (a return its serve): the events of the scheme's link rules in their windows. Pure.
// @ts-check

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./protocol.js").LinkRule} LinkRule */
/** What is proposed for an event: ids, and the one proposed now. @typedef {{among: string[], at: number, unprompted: boolean}} Choice */

/** The rules that ask a link of the events of a code. @param {any} scheme @param {{stream: string, code: string}} event @returns {LinkRule[]} */
export function rulesOf(scheme, { stream, code }) {
  const links = /** @type {LinkRule[]} */ (scheme.links ?? []);
  return links.filter((rule) => rule.source.includes(`${stream}.${code}`));
}

/** The time a rule measures from. @param {any} coding @param {LinkRule} rule @param {Event} target @returns {number} */
function edgeOf(coding, rule, target) {
  const onset = /** @type {number} */ (target.onset_us);
  return rule.from_edge === "onset" || target.kind === "point" ? onset : coding.reachUs(target);
}

/**
 * Whether a target fits one of the rules of its source: its code is one of theirs, and the source begins in the window.
 * @param {any} coding @param {LinkRule[]} rules @param {Event} source @param {Event} target @returns {boolean}
 */
export function fits(coding, rules, source, target) {
  if (source.onset_us === null || target.onset_us === null) return false;
  return rules.some((rule) => {
    const after_us = /** @type {number} */ (source.onset_us) - edgeOf(coding, rule, target);
    const named = rule.target.includes(`${target.stream}.${target.code}`);
    return named && rule.window_us[0] <= after_us && after_us <= rule.window_us[1];
  });
}

/**
 * The events that fit, the nearest first: those that go on or ended last, before those that begin after the source.
 * @param {any} coding @param {Event} source @returns {Event[]}
 */
export function candidates(coding, source) {
  if (source.onset_us === null) return [];
  /** @type {Map<string, Event>} */
  const found = new Map();
  for (const rule of rulesOf(coding.scheme, source)) {
    for (const name of rule.target) {
      const dot = name.indexOf(".");
      const places = /** @type {{onset: number, id: string}[]} */ (coding.onsets(name.slice(0, dot), name.slice(dot + 1)));
      const edge = (/** @type {number} */ i) => edgeOf(coding, rule, coding.events.get(places[i].id));
      for (let i = firstFrom(places.length, edge, source.onset_us - rule.window_us[1]); i < places.length; i++) {
        if (edge(i) > source.onset_us - rule.window_us[0]) break;
        if (places[i].id !== source.id) found.set(places[i].id, coding.events.get(places[i].id));
      }
    }
  }
  const away = (/** @type {Event} */ e) => distance(coding, /** @type {number} */ (source.onset_us), e);
  return [...found.values()].sort((a, b) => away(a) - away(b) || Number(b.onset_us) - Number(a.onset_us) || (a.id < b.id ? -1 : 1));
}

/** The ends of the bouts of one code are sorted as their onsets are. @param {number} count @param {(i: number) => number} edge @param {number} from_us */
function firstFrom(count, edge, from_us) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edge(middle) < from_us) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {any} coding @param {number} at_us @param {Event} target */
function distance(coding, at_us, target) {
  const onset = /** @type {number} */ (target.onset_us);
  if (onset > at_us) return 1e15 + onset - at_us;
  return Math.max(0, at_us - (target.kind === "state" ? coding.reachUs(target) : onset));
}

/** What to propose, from the present link on; null where the scheme asks no link of the event. @param {any} coding @param {Event} event @returns {Choice | null} */
export function choiceOf(coding, event) {
  const rules = rulesOf(coding.scheme, event);
  if (rules.length === 0) return null;
  const among = candidates(coding, event).map((e) => e.id);
  return { among, at: Math.max(0, among.indexOf(event.link?.to ?? "")), unprompted: rules.some((rule) => rule.unprompted) };
}

/** The next one, round and round. @param {Choice} choice @returns {Choice} */
export function turned(choice) {
  return { ...choice, at: (choice.at + 1) % Math.max(1, choice.among.length) };
}
