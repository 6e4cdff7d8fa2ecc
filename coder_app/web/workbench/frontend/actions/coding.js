// What is coded beyond the codes themselves: what an event answers, which codes are held, what cannot be coded.
// @ts-check

import { union } from "../coding-spans.js";
import { preferences } from "../preferences.js";
import { choiceOf, rulesOf, turned } from "../links.js";
import { shortTime } from "../time-label.js";
import { reacting } from "./reacting.js";

/** @typedef {import("../controls.js").Controls} Controls */
/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("../workbench.js").Workbench} Bench */
/** @typedef {import("../marks.js").Stretch} Stretch */

/** @param {Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function coding(controls) {
  return {
    link: () => controls.with((event) => proposeLink(controls, event)),
    unprompted: () => controls.with((event) => unprompted(controls, event)),
    unlink: () => controls.with((event) => event.link && setLink(controls, event, null, "Not said what it answers")),
    goTarget: () => controls.with((event) => goTarget(controls, event)),
    holdMode: () => turnHold(controls),
    nextFinding: () => controls.bench.checking.go(1),
    previousFinding: () => controls.bench.checking.go(-1),
    counts: () => turnCounts(controls),
    evidence: () => controls.with((event) => addEvidence(controls, event)),
    uncodable: () => askUncodable(controls),
    ...reacting(controls),
  };
}

/** The name under which a coder's choice for a code is kept. @param {Bench} bench @param {{id: string}} stream @param {{id: string}} code */
function nameOf(bench, stream, code) {
  return `${bench.session.coding.scheme.id}.${stream.id}.${code.id}`;
}

/** Whether the coder holds the key of a code instead of pressing it twice. @param {Bench} bench @param {import("../marks.js").Meaning} meaning */
export function holds(bench, { stream, code }) {
  return preferences.get("hold", /** @type {string[]} */ ([])).includes(nameOf(bench, stream, code));
}

/** The way of the code of the selected event, or of the one pressed last. @param {Controls} controls */
function turnHold({ bench, latest }) {
  const { event } = bench;
  const stream = event ? bench.streams.find((s) => s.id === event.stream) : latest?.stream;
  const code = event ? bench.catalogue.codeOf(event) : latest?.code;
  if (!code || !stream || code.kind !== "state") return bench.say("Press the key of a state first, or select one.");
  const [name, chosen] = [nameOf(bench, stream, code), preferences.get("hold", /** @type {string[]} */ ([]))];
  const on = !chosen.includes(name);
  preferences.set("hold", on ? [...chosen, name] : chosen.filter((other) => other !== name));
  bench.frame.codes.markHeld((s, c) => holds(bench, { stream: s, code: c }));
  bench.say(on ? `${code.name}: hold its key while it lasts.` : `${code.name}: press its key at the start and at the end.`);
}

/** @param {Controls} controls */
function turnCounts({ bench }) {
  const on = !preferences.get("counts", true);
  preferences.set("counts", on);
  bench.showCounts();
  bench.say(on ? "How often and how long is shown." : "How often and how long is hidden.");
}

/** @param {Controls} controls @param {Event} event */
function addEvidence({ bench, player }, event) {
  if (event.kind !== "rating") return bench.say("Evidence belongs to a rating. Select one, or give it first.");
  const at_us = player.table.timeOf(player.read());
  const before = event.evidence_us ?? [];
  if (before.includes(at_us)) return bench.say("This frame is evidence already.");
  bench.marks.change(event, { evidence_us: [...before, at_us].sort((a, b) => a - b) }, `Evidence at ${shortTime(at_us)}`);
}

/** Asks for the reason, then gives every stream of the pass its unscorable code. @param {Controls} controls */
function askUncodable(controls) {
  const { bench, player } = controls;
  if (!bench.session.writable) return bench.say(bench.session.why);
  player.pause();
  const { words, parts } = uncodableParts(bench, player);
  bench.frame.wording.ask(`Cannot be coded${words}. Why?`, (reason) => {
    const count = bench.marks.uncodable(bench.streams, parts, reason);
    bench.say(count > 0 ? `Unscorable in ${count === 1 ? "one stream" : `${count} streams`}` : "Unscorable already");
  });
}

/** What is meant by a key that is about a stretch: the marked one, else the selected events (a point: its frame), else from here on.
 *  @param {Bench} bench @param {import("../video.js").Player} player @returns {{words: string, parts: Stretch[]}} */
function uncodableParts(bench, player) {
  const { from_us, to_us } = bench.playback.marked;
  if (from_us !== null && to_us !== null) return { words: `, the marked ${shortTime(from_us)} to ${shortTime(to_us)}`, parts: [[from_us, to_us]] };
  const { table } = player;
  const selected = union(bench.arranging.timed.map((event) => {
    const onset_us = /** @type {number} */ (event.onset_us);
    return [onset_us, event.kind === "state" ? bench.catalogue.endOf(event) : table.endOf(table.frameAt(onset_us))];
  }));
  const [first] = selected;
  if (selected.length > 1) return { words: ` in ${selected.length} selected stretches`, parts: selected };
  if (first) return { words: `, ${shortTime(first[0])} to ${shortTime(first[1])}`, parts: selected };
  const here_us = table.timeOf(player.read());
  return { words: ` from ${shortTime(here_us)} on`, parts: [[here_us, null]] };
}

/** @param {Controls} controls @param {Event} event */
function proposeLink(controls, event) {
  const { bench, asking } = controls;
  const open = asking?.kind === "modifiers" && asking.id === event.id ? asking.link : null;
  const link = open ? turned(open) : choiceOf(bench.session.coding, event);
  if (link === null) return bench.say(`The scheme asks no link of ${bench.catalogue.nameOf(event)}.`);
  controls.ask({ kind: "modifiers", id: event.id, link });
  const target = bench.session.coding.events.get(link.among[link.at]);
  bench.say(target ? `Answers ${bench.catalogue.titleOf(target)}, ${link.at + 1} of ${link.among.length}` : "Nothing to answer in its window.");
}

/** Takes the event that is proposed. @param {Controls} controls @returns {boolean} whether one was */
export function enterLink(controls) {
  const { bench, asking } = controls;
  if (asking?.kind !== "modifiers" || !asking.link) return false;
  const [event, to] = [bench.index.get(asking.id), asking.link.among[asking.link.at]];
  const target = bench.session.coding.events.get(to);
  if (!event || !target) return false;
  setLink(controls, event, { to }, `Answers ${bench.catalogue.titleOf(target)}`);
  return true;
}

/** @param {Controls} controls @param {Event} event */
function unprompted(controls, event) {
  const { bench } = controls;
  const rules = rulesOf(bench.session.coding.scheme, event);
  if (!rules.some((rule) => rule.unprompted)) return bench.say(`The scheme has no "unprompted" for ${bench.catalogue.nameOf(event)}.`);
  setLink(controls, event, { to: null }, "Unprompted");
}

/** @param {Controls} controls @param {Event} event @param {import("../protocol.js").Link} link @param {string} told */
function setLink(controls, event, link, told) {
  if (JSON.stringify(event.link) !== JSON.stringify(link)) controls.bench.marks.change(event, { link }, told);
  if (controls.asking?.kind === "modifiers") controls.ask({ ...controls.asking, link: null });
}

/** Shows what the selected event answers. @param {Controls} controls @param {Event} event */
function goTarget(controls, event) {
  const { bench } = controls;
  const target = event.link?.to ? bench.session.coding.events.get(event.link.to) : null;
  if (!target) return;
  controls.seekTime(target.onset_us);
  bench.say(`${bench.catalogue.titleOf(target)}, what ${bench.catalogue.nameOf(event)} answers`);
}
