// How far a coding is, pass by pass: how much was watched and coded, and how fast it was played. The same as workflow/progress.py.
// @ts-check

import { both, within } from "./coding-spans.js";

/** @typedef {import("./coding-spans.js").Part} Part */
/** @typedef {import("./protocol.js").Pass} Pass */
/** Pass, per cent of the recorded speed, microseconds of the recording. @typedef {[string, number, number]} Played */
/**
 * `watched_us` and `coded_us` are null where the pass has only ratings, `speed` where nothing was played.
 * @typedef {{pass: string, name: string, end_us: number, watched_us: number | null, coded_us: number | null, events: number,
 *   played_us: number, speed: number | null, speeds: [number, number][]}} Progress
 */

/** @param {Part[]} parts */
function total(parts) {
  return parts.reduce((sum, [a, b]) => sum + b - a, 0);
}

/** Time of [0, end_us) that was seen while all of the streams were shown. @param {Map<string, Part[]>} watched @param {string[]} streams @param {number} end_us */
export function watchedUs(watched, streams, end_us) {
  /** @type {Part[]} */
  const whole = end_us > 0 ? [[0, end_us]] : [];
  return total(streams.reduce((seen, stream) => both(seen, watched.get(stream) ?? []), whole));
}

/** Time played by the time it took, to the hundredth; null where nothing was. @param {[number, number][]} speeds per cent, microseconds @returns {number | null} */
export function meanSpeed(speeds) {
  const known = speeds.filter(([, us]) => us > 0);
  const taken = known.reduce((sum, [percent, us]) => sum + (us * 100) / percent, 0);
  return taken > 0 ? Math.floor((known.reduce((sum, [, us]) => sum + us, 0) / taken) * 100 + 0.5) / 100 : null;
}

/** The streams of a pass that have times. @param {any} scheme @param {Pass} pass @returns {string[]} */
export function timedOf(scheme, pass) {
  return scheme.streams.filter((/** @type {{id: string, kind: string}} */ s) => pass.streams.includes(s.id) && s.kind !== "rating").map((/** @type {{id: string}} */ s) => s.id);
}

/** @param {any} coding @param {Pass} pass @param {number} end_us of the observation @param {Played[]} played @param {number} events of the pass @returns {Progress} */
export function progressOf(coding, pass, end_us, played, events) {
  const timed = timedOf(coding.scheme, pass);
  const coded = timed.reduce((sum, stream) => sum + total(within(coding.span(stream), 0, end_us)), 0);
  const speeds = played.filter(([name]) => name === pass.id).map(([, percent, us]) => /** @type {[number, number]} */ ([percent, us])).sort((a, b) => a[0] - b[0]);
  return {
    pass: pass.id, name: pass.name, end_us,
    watched_us: timed.length > 0 ? watchedUs(coding.watched, timed, end_us) : null,
    coded_us: timed.length > 0 ? Math.floor(coded / timed.length) : null,
    events, played_us: speeds.reduce((sum, [, us]) => sum + us, 0), speed: meanSpeed(speeds), speeds,
  };
}

/** A share as whole per cent, never more than there is. @param {number} part_us @param {number} end_us */
export function percent(part_us, end_us) {
  return end_us > 0 ? `${Math.floor((part_us / end_us) * 100 + 1e-9)} %` : "0 %";
}
