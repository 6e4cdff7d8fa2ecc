// What to look at before a coding is submitted, kept current while it is coded: the same rules and words as workflow/findings.py.
// An operation costs its own events; the time of its streams is swept when the list is asked for.
// @ts-check

import { missing as unansweredOf } from "./asking.js";
import { both, minus, union } from "./coding-spans.js";
import { fits, rulesOf } from "./links.js";
import { duration, timecode } from "./time-label.js";

const BLOCKING = new Set(["uncovered", "modifier_missing"]);

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./protocol.js").Stream} Stream */
/** @typedef {import("./coding-spans.js").Part} Part */
/**
 * @typedef {{rule: string, blocks: boolean, message: string, stream: string, code: string | null, event: string | null,
 *   from_us: number | null, to_us: number | null, parts: Part[]}} Finding
 */

/** @param {string} rule @param {string} message @param {string} stream @param {Event | null} [event] @param {Part[]} [parts] @returns {Finding} */
function finding(rule, message, stream, event = null, parts = []) {
  const from_us = event ? event.onset_us : parts.length > 0 ? parts[0][0] : null;
  const to_us = parts.length > 0 ? parts[0][1] : event ? event.offset_us : null;
  return { rule, blocks: BLOCKING.has(rule), message, stream, code: event?.code ?? null, event: event?.id ?? null, from_us, to_us, parts };
}

export class Checks {
  /** The stream of each event that was looked at. @type {Map<string, string>} */
  #streamOf = new Map();
  /** Findings of single events, by stream and event; only of events that have some. @type {Map<string, Map<string, Finding[]>>} */
  #ofEvents = new Map();
  /** Findings about links, by "stream.code" of their source and event. @type {Map<string, Map<string, Finding>>} */
  #ofLinks = new Map();
  /** Findings about time or ratings, by stream, and those of the impossible pairs. @type {Map<string, Finding[]>} */
  #ofStreams = new Map();
  /** @type {Finding[]} */
  #ofPairs = [];
  /** @type {Set<string>} */
  #dirty = new Set();
  /** @type {Finding[] | null} */
  #list = null;

  /** @param {any} coding @param {number} end_us of the observation @param {{id: string, name?: string}[]} episodes it has */
  constructor(coding, end_us, episodes) {
    this.coding = coding;
    this.end_us = end_us;
    this.episodes = episodes;
    /** @type {Stream[]} */
    this.streams = coding.scheme.streams;
    this.codes = new Map(this.streams.map((s) => [s.id, new Map(s.codes.map((c) => [c.id, c]))]));
    this.#dirty = new Set(this.streams.map((s) => s.id));
    for (const event of coding.events.values()) this.#look(event);
  }

  /** @param {import("./session.js").Changes} changes that the coding has taken already */
  update({ put, removed, watched }) {
    this.#list = null;
    for (const id of removed) this.#forget(id);
    for (const event of put) this.#look(event);
    for (const { id } of put) for (const source of this.coding.linksTo(id)) this.#look(source);
    for (const stream of watched.keys()) this.#reach(stream);
  }

  /** What is watched has grown: open bouts of the stream reach further. @param {string} stream */
  #reach(stream) {
    this.#dirty.add(stream);
    for (const event of this.coding.running(stream)) {
      this.#look(event);
      for (const source of this.coding.linksTo(event.id)) this.#look(source);
    }
  }

  /** @param {{id: string, name?: string}[]} episodes */
  setEpisodes(episodes) {
    this.episodes = episodes;
    this.#list = null;
    for (const stream of this.streams) if (stream.kind === "rating") this.#dirty.add(stream.id);
  }

  /** @param {string} id */
  #forget(id) {
    const stream = this.#streamOf.get(id);
    if (stream === undefined) return;
    this.#dirty.add(stream);
    this.#streamOf.delete(id);
    this.#ofEvents.get(stream)?.delete(id);
    for (const found of this.#ofLinks.values()) found.delete(id);
  }

  /** @param {Event} event */
  #look(event) {
    this.#forget(event.id);
    this.#streamOf.set(event.id, event.stream);
    this.#dirty.add(event.stream);
    if (event.onset_us === null) return;
    const found = this.#ofEvent(event);
    const [kept, link] = [this.#ofEvents.get(event.stream) ?? new Map(), this.#ofLink(event)];
    if (found.length > 0) this.#ofEvents.set(event.stream, kept.set(event.id, found));
    const name = `${event.stream}.${event.code}`;
    if (link) this.#ofLinks.set(name, (this.#ofLinks.get(name) ?? new Map()).set(event.id, link));
  }

  /** @param {Event} event @returns {Finding[]} */
  #ofEvent(event) {
    const code = this.codes.get(event.stream)?.get(event.code);
    const onset = /** @type {number} */ (event.onset_us);
    if (!code) return [];
    const at = timecode(onset);
    const found = [];
    const required = new Map(unansweredOf(this.coding.scheme.modifiers, code, event).map((m) => [m.id, m]));
    for (const id of code.modifiers) {
      const modifier = required.get(id);
      if (modifier) found.push(finding("modifier_missing", `${code.name} at ${at}: ${modifier.name} is not answered. Choose one.`, event.stream, event));
    }
    if (event.kind === "state") {
      const length = this.coding.reachUs(event) - onset;
      if (event.offset_us === null && length === 0) {
        const text = `${code.name} at ${at} has no end and was not watched: submitting leaves it out. Give it an end or remove it.`;
        found.push(finding("open_unwatched", text, event.stream, event));
      } else if (code.min_us !== null && code.min_us !== undefined && length < code.min_us) {
        const text = `${code.name} at ${at} lasts ${duration(length)}, less than the ${duration(code.min_us)} of the scheme.`;
        found.push(finding("too_short", text, event.stream, event));
      }
    }
    if (onset >= this.end_us || (event.offset_us ?? 0) > this.end_us) {
      found.push(finding("past_end", `${code.name} at ${at} goes past the end of the observation.`, event.stream, event));
    }
    return found;
  }

  /** @param {Event} event @returns {Finding | null} */
  #ofLink(event) {
    const rules = rulesOf(this.coding.scheme, event);
    if (rules.length === 0) return null;
    const words = `${this.#name(`${event.stream}.${event.code}`)} at ${timecode(/** @type {number} */ (event.onset_us))}`;
    if (event.link === null) return finding("link_missing", `${words}: what it answers is not said.`, event.stream, event);
    const target = event.link.to === null ? null : this.coding.events.get(event.link.to);
    if (!target || fits(this.coding, rules, event, target)) return null;
    const place = target.onset_us === null ? "" : ` at ${timecode(target.onset_us)}`;
    const text = `${words} answers ${this.#name(`${target.stream}.${target.code}`)}${place}, which the scheme does not let it: another code, or outside the window.`;
    return finding("link_window", text, event.stream, event);
  }

  /** @param {string} name "stream.code" */
  #name(name) {
    const dot = name.indexOf(".");
    return this.codes.get(name.slice(0, dot))?.get(name.slice(dot + 1))?.name ?? name;
  }

  /** All findings, the blocking ones first. @returns {Finding[]} */
  list() {
    if (this.#list !== null && this.#dirty.size === 0) return this.#list;
    const { impossible } = this.coding.scheme;
    if (impossible.some((/** @type {string[]} */ pair) => pair.some((name) => this.#dirty.has(name.slice(0, name.indexOf(".")))))) {
      this.#ofPairs = impossible.flatMap((/** @type {[string, string]} */ pair) => this.#impossible(pair));
    }
    for (const stream of this.streams) {
      if (this.#dirty.has(stream.id)) this.#ofStreams.set(stream.id, stream.kind === "rating" ? this.#ratings(stream) : this.#time(stream));
    }
    this.#dirty.clear();
    const found = this.streams.flatMap((stream) => [...(this.#ofStreams.get(stream.id) ?? []), ...this.#eventsOf(stream.id)]);
    found.push(...this.#ofPairs);
    for (const name of [...this.#ofLinks.keys()].sort()) found.push(...[.../** @type {Map<string, Finding>} */ (this.#ofLinks.get(name)).values()].sort(byOnset));
    this.#list = [...found.filter((f) => f.blocks), ...found.filter((f) => !f.blocks)];
    return this.#list;
  }

  /** Bouts before points, each by onset. @param {string} stream @returns {Finding[]} */
  #eventsOf(stream) {
    const codes = this.codes.get(stream);
    const rank = (/** @type {Finding[]} */ [first]) => Number(codes?.get(first.code ?? "")?.kind === "point");
    return [...(this.#ofEvents.get(stream)?.values() ?? [])].sort((a, b) => rank(a) - rank(b) || byOnset(a[0], b[0])).flat();
  }

  /** Time without a code, not seen, or coded without having been watched. @param {Stream} stream @returns {Finding[]} */
  #time(stream) {
    const { coding, end_us } = this;
    const found = [];
    const coded = union(coding.bouts(stream.id).map((/** @type {Event} */ bout) => [bout.onset_us, coding.reachUs(bout)]));
    const missing = minus(end_us > 0 ? [[0, end_us]] : [], stream.exhaustive ? coded : coding.span(stream.id));
    if (missing.length > 0 && stream.exhaustive) {
      const text = `${stream.name}: ${stretches(missing)} without a code. Code all of it; what cannot be seen is unscorable.`;
      found.push(finding("uncovered", text, stream.id, null, missing));
    } else if (missing.length > 0) {
      found.push(finding("not_seen", `${stream.name}: ${stretches(missing)} not watched with this stream shown.`, stream.id, null, missing));
    }
    const unwatched = minus(both(coded, [[0, end_us]]), coding.watched.get(stream.id) ?? []);
    if (unwatched.length > 0) {
      found.push(finding("not_watched", `${stream.name}: ${stretches(unwatched)} coded but not watched.`, stream.id, null, unwatched));
    }
    return found;
  }

  /** @param {Stream} stream @returns {Finding[]} */
  #ratings(stream) {
    return stream.codes.flatMap((code) => {
      if (!code.scale) return [];
      const asked = code.scale.per === "episode" ? this.episodes.map((e) => [e.id, ` in ${e.name ?? e.id}`]) : [[null, ""]];
      const open = asked.filter(([episode]) => this.coding.rating(stream.id, code.id, episode) === undefined);
      const missing = open.map(([, words]) => ({ ...finding("rating_missing", `${code.name} is not rated${words}.`, stream.id), code: code.id }));
      return [...missing, ...(code.scale.per === "episode" ? this.#stray(stream, code) : [])];
    });
  }

  /** Ratings of an episode that is no more, or of the whole where there are episodes to rate. @param {Stream} stream @param {import("./protocol.js").Code} code */
  #stray(stream, code) {
    const known = new Set(this.episodes.map((e) => e.id));
    const ratings = this.coding.ratings(stream.id).filter((/** @type {Event} */ e) => e.code === code.id && !known.has(e.episode ?? ""));
    return ratings.filter((/** @type {Event} */ e) => e.episode || known.size > 0).map((/** @type {Event} */ event) => {
      const rest = event.episode
        ? "an episode that the observation no longer has. Remove it, or draw the episode again."
        : "the whole observation, which has episodes. Rate each of them and remove it.";
      return finding("rating_stray", `${code.name}: ${event.value} is a rating of ${rest}`, stream.id, event);
    });
  }

  /** @param {[string, string]} pair @returns {Finding[]} */
  #impossible([one, two]) {
    const parts = both(this.#held(one), this.#held(two));
    if (parts.length === 0) return [];
    const text = `${this.#name(one)} and ${this.#name(two)} at once: ${stretches(parts).replace(/,$/, "")}. The scheme rules this out.`;
    return [finding("impossible", text, one.slice(0, one.indexOf(".")), null, parts)];
  }

  /** The time of a code; a point holds its one instant. @param {string} name @returns {Part[]} */
  #held(name) {
    const dot = name.indexOf(".");
    return union(this.coding.onsets(name.slice(0, dot), name.slice(dot + 1)).map((/** @type {{onset: number, id: string}} */ { onset, id }) => {
      const event = this.coding.events.get(id);
      return [onset, event.kind === "point" ? onset + 1 : this.coding.reachUs(event)];
    }));
  }
}

/** @param {Finding} a @param {Finding} b */
function byOnset(a, b) {
  return Number(a.from_us) - Number(b.from_us) || (String(a.event) < String(b.event) ? -1 : 1);
}

/** @param {Part[]} parts */
function stretches(parts) {
  const [first, last] = parts[0].map(timecode);
  if (parts.length === 1) return `${first} to ${last}`;
  const total = parts.reduce((sum, [a, b]) => sum + b - a, 0);
  return `${parts.length} stretches, ${duration(total)} in all, the first ${first} to ${last},`;
}
