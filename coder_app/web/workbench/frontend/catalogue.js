// What an event of the pass is called, how it looks, where it ends and what it lacks.
// @ts-check

import { missing } from "./asking.js";
import { rulesOf } from "./links.js";
import { duration, shortTime } from "./time-label.js";

const UNKNOWN = "#999999";

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./protocol.js").Code} Code */
/** @typedef {import("./palette.js").Paint} Paint */
/** @typedef {{stream: string, code: string}} Named */

export class Catalogue {
  /** @type {Map<string, Map<string, {code: Code, paint: Paint | undefined}>>} */
  #codes = new Map();
  /** @type {any} */
  #coding = null;
  /** Names the episodes that ratings are of. @type {{nameOf: (id: string) => string} | null} */
  episodes = null;

  /** @param {any} coding @param {import("./protocol.js").Stream[]} streams of the pass @param {Map<string, Paint>} paints by "stream.code" */
  load(coding, streams, paints) {
    this.#coding = coding;
    this.#codes = new Map(streams.map((stream) => {
      return [stream.id, new Map(stream.codes.map((code) => [code.id, { code, paint: paints.get(`${stream.id}.${code.id}`) }]))];
    }));
  }

  /** @param {Named} event @returns {Code | undefined} */
  codeOf(event) {
    return this.#codes.get(event.stream)?.get(event.code)?.code;
  }

  /** @param {Named} event @returns {Paint | undefined} */
  paintOf(event) {
    return this.#codes.get(event.stream)?.get(event.code)?.paint;
  }

  /** @param {Named} event @returns {string} */
  fillOf(event) {
    return this.paintOf(event)?.fill ?? UNKNOWN;
  }

  /** @param {Named} event @returns {string} */
  nameOf(event) {
    return this.codeOf(event)?.name ?? event.code;
  }

  /** An open bout ends at its reach. @param {Event} event @returns {number} */
  endOf(event) {
    return event.offset_us ?? this.#coding.reachUs(event);
  }

  /** Modifiers that the code of an event may have. @param {Event} event @returns {import("./protocol.js").Modifier[]} */
  modifiersOf(event) {
    const code = this.codeOf(event);
    return code ? this.#coding.scheme.modifiers.filter((/** @type {{id: string}} */ m) => code.modifiers.includes(m.id)) : [];
  }

  /** Required modifiers without an answer. @param {Event} event */
  missing(event) {
    const code = this.codeOf(event);
    return code?.modifiers.length ? missing(this.#coding.scheme.modifiers, code, event) : [];
  }

  /** What may stand inside an event, the longest first. @param {Event} event @returns {string[]} */
  labels(event) {
    const code = this.codeOf(event);
    const sign = event.unsure ? " ?" : "";
    return [code?.name, code?.short, code?.hotkey].filter(Boolean).map((text) => `${text}${sign}`);
  }

  /** What any event of the coding is called, of whatever pass. @param {Event} event @returns {string} */
  titleOf(event) {
    const stream = this.#coding.scheme.streams.find((/** @type {{id: string}} */ s) => s.id === event.stream);
    return stream?.codes.find((/** @type {Code} */ c) => c.id === event.code)?.name ?? event.code;
  }

  /** What an event answers, in words; null where the scheme asks no link of it. @param {Event} event @returns {string | null} */
  answers(event) {
    if (event.link === null) return rulesOf(this.#coding.scheme, event).length > 0 ? "not said" : null;
    const target = event.link.to === null ? null : this.#coding.events.get(event.link.to);
    return target ? `${this.titleOf(target)} ${shortTime(target.onset_us)}` : "nothing, unprompted";
  }

  /** What a rating is of. @param {Event} event @returns {string} */
  ratedIn(event) {
    return event.episode ? this.episodes?.nameOf(event.episode) ?? event.episode : "whole recording";
  }

  /** One line for the hover and the screen reader. @param {Event} event @returns {string} */
  describe(event) {
    if (event.onset_us === null) return `${this.nameOf(event)}: ${event.value}${event.episode ? ` in ${this.ratedIn(event)}` : ""}`;
    const length = event.kind === "state" ? `, ${duration(this.endOf(event) - event.onset_us)}` : "";
    return `${this.nameOf(event)}, ${shortTime(event.onset_us)}${length}${event.comment ? `, ${event.comment}` : ""}`;
  }
}
