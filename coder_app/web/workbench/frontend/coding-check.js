// What an operation must be to be lawful at all: ids, times, codes, modifiers, links, values. The same as model/check.py, with
// the same order of checks, the same codes and the same words.
// @ts-check

import { EVENT_KINDS, Unlawful } from "./coding-operation.js";

/**
 * @typedef {import("./protocol.js").Event} CodedEvent
 * @typedef {import("./protocol.js").Code} Code
 * @typedef {import("./coding-rules.js").SchemeRules} SchemeRules
 * @typedef {Map<string, CodedEvent>} Events
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** The fastest that browsers play. */
const MAX_SPEED = 16;
const ID = /^[A-Za-z0-9_.:-]{1,64}$/;

/** @param {SchemeRules} rules @param {Events} events @param {import("./coding-operation.js").Operation} operation */
export function checkOperation(rules, events, operation) {
  if (!UUID.test(operation.id)) {
    throw new Unlawful("bad_id", "The id of an operation must be a UUID. Make a new one.");
  }
  if (operation.group !== null) checkId(operation.group, "group");
  const { kind, event } = operation;
  if (kind === "add" || kind === "change") {
    checkEvent(rules, events, event, kind === "add");
    if (operation.seen_us !== null && !isTime(operation.seen_us)) {
      throw new Unlawful("bad_time", "An operation needs seen_us as whole microseconds from 0 on, or null.");
    }
  } else if (kind === "remove" && !events.has(event.id)) {
    throw new Unlawful("unknown_event", `There is no event ${event.id}. Load the coding again.`);
  } else if (kind === "cover" || kind === "uncover") checkStretch(rules, operation);
}

/** @param {string} value @param {string} what */
function checkId(value, what) {
  if (!ID.test(value)) throw new Unlawful("bad_id", `The id of the ${what} must be 1 to 64 letters, digits or _ . : -`);
}

/** @param {unknown} value @returns {value is number} */
function isTime(value) {
  return Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;
}

/** @param {SchemeRules} rules @param {{pass: string | null, streams: string[], from_us: unknown, to_us: unknown, speed: unknown}} operation */
function checkStretch(rules, { pass, streams, from_us, to_us, speed }) {
  if (pass !== null && !rules.passes.has(pass)) {
    throw new Unlawful("unknown_pass", `The scheme has no pass ${pass}. Use one of its passes, or null.`);
  }
  for (const stream of streams) {
    if (!rules.streams.has(stream)) throw new Unlawful("unknown_stream", `The scheme has no stream ${stream}.`);
  }
  if (!isTime(from_us) || !isTime(to_us)) {
    throw new Unlawful("bad_time", "A stretch needs from_us and to_us as whole microseconds from 0 on.");
  }
  if (to_us <= from_us) throw new Unlawful("ends_before_start", "A stretch must end after it starts.");
  if (speed !== null && !(typeof speed === "number" && speed > 0 && speed <= MAX_SPEED)) {
    throw new Unlawful("bad_speed", `The speed of a stretch must be a number above 0 and at most ${MAX_SPEED}, or null.`);
  }
}

/** @param {SchemeRules} rules @param {Events} events @param {CodedEvent} event @param {boolean} adding */
function checkEvent(rules, events, event, adding) {
  checkId(event.id, "event");
  if (!EVENT_KINDS.includes(event.kind)) {
    throw new Unlawful("unknown_kind", `There is no kind of event ${event.kind}. Known are ${EVENT_KINDS.join(", ")}.`);
  }
  const stream = rules.streams.get(event.stream);
  if (stream === undefined) throw new Unlawful("unknown_stream", `The scheme has no stream ${event.stream}.`);
  const code = stream.codes.get(event.code);
  if (code === undefined) throw new Unlawful("unknown_code", `Stream ${event.stream} has no code ${event.code}.`);
  if (code.kind !== event.kind) throw new Unlawful("wrong_kind", `Code ${event.code} is a ${code.kind}, not a ${event.kind}.`);
  checkAgainst(events, event, adding);
  checkTimes(event);
  checkModifiers(rules, event);
  const to = event.link === null ? null : event.link.to;
  if (to !== null && (to === event.id || !events.has(to))) {
    throw new Unlawful("bad_link", `Event ${event.id} must link to another event of this coding, or to null.`);
  }
  if (event.kind === "rating") checkRating(code, event);
}

/** @param {Events} events @param {CodedEvent} event @param {boolean} adding */
function checkAgainst(events, event, adding) {
  const before = events.get(event.id);
  if (adding) {
    if (before === undefined) return;
    throw new Unlawful("id_taken", `There is an event ${event.id} already. Use a new id, or change it.`);
  }
  if (before === undefined) throw new Unlawful("unknown_event", `There is no event ${event.id}. Load the coding again.`);
  if (before.kind !== event.kind) {
    throw new Unlawful("changes_kind", `Event ${event.id} is a ${before.kind} and stays one. Remove it and add another.`);
  }
  if (before.stream !== event.stream) {
    throw new Unlawful("moves_stream", `Event ${event.id} belongs to stream ${before.stream}. Remove it and add another.`);
  }
}

/** @param {CodedEvent} event */
function checkTimes(event) {
  const { id, onset_us, offset_us } = event;
  if (!isTime(event.late_us)) throw new Unlawful("bad_time", `Event ${id} needs late_us as whole microseconds from 0 on.`);
  if (event.kind === "rating") {
    if (onset_us === null && offset_us === null) return;
    throw new Unlawful("has_times", `Event ${id} is a rating, which has no onset and no offset.`);
  }
  if (!isTime(onset_us)) throw new Unlawful("bad_time", `Event ${id} needs an onset in whole microseconds from 0 on.`);
  if (offset_us === null) return;
  if (event.kind === "point") throw new Unlawful("has_offset", `Event ${id} is a point, which has no offset.`);
  if (!isTime(offset_us)) throw new Unlawful("bad_time", `Event ${id} needs an offset in whole microseconds, or none.`);
  if (offset_us <= onset_us) throw new Unlawful("ends_before_start", `Event ${id} must end after its onset.`);
}

/** Those of other codes pass here, and `apply` leaves them out: a recoded event may still carry them.
 *  @param {SchemeRules} rules @param {CodedEvent} event */
function checkModifiers(rules, event) {
  for (const name of Object.keys(event.modifiers).sort()) {
    const modifier = rules.modifiers.get(name);
    if (modifier === undefined) throw new Unlawful("unknown_modifier", `The scheme has no modifier ${name}.`);
    const value = event.modifiers[name];
    const values = modifier.values.map((one) => one.id);
    if (values.length > 0 && !values.some((one) => one === value)) {
      throw new Unlawful("bad_modifier", `Modifier ${name} must be one of ${values.join(", ")}.`);
    }
    if (values.length === 0 && typeof value !== "boolean") {
      throw new Unlawful("bad_modifier", `Modifier ${name} must be true or false.`);
    }
  }
}

/** @param {Code} code @param {CodedEvent} event */
function checkRating(code, event) {
  const { scale } = code;
  if (scale === null) throw new Unlawful("wrong_kind", `Code ${code.id} has no scale. Mend the scheme.`);
  const value = event.value ?? null;
  if (value === null || !Number.isSafeInteger(value) || value < scale.min || value > scale.max) {
    throw new Unlawful("bad_value", `A rating of ${code.id} must be a whole number from ${scale.min} to ${scale.max}.`);
  }
  if (event.episode !== null && event.episode !== undefined) {
    if (scale.per === "session") {
      throw new Unlawful("bad_episode", `Code ${code.id} is rated once for the whole observation, without an episode.`);
    }
    checkId(event.episode, "episode");
  }
  if (!(event.evidence_us ?? []).every(isTime)) {
    throw new Unlawful("bad_time", `Event ${event.id} needs evidence_us as whole microseconds from 0 on.`);
  }
}
