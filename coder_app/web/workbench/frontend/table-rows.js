// What the event table shows: which events, in which order, and what typing into a cell means. No DOM.
// @ts-check

import { firstFrom } from "./timeline/layout.js";

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {"onset" | "offset" | "code" | "comment" | "length"} Column */
/** @typedef {{text: string, stream: string, code: string, flag: string}} Filter `code` is "stream.code"; "" lets everything through */
/** @typedef {{column: Column, down: boolean}} Order */

export const NO_FILTER = Object.freeze({ text: "", stream: "", code: "", flag: "" });
export const BY_ONSET = Object.freeze({ column: /** @type {Column} */ ("onset"), down: false });
/** What can be asked of an event besides its code. @type {[string, string][]} */
export const FLAGS = [["unsure", "unsure"], ["comment", "with a comment"], ["missing", "modifier missing"], ["open", "running"], ["late", "key was late"]];

/**
 * @typedef {{nameOf: (event: Event) => string, endOf: (event: Event) => number, missing: (event: Event) => unknown[]}} Names
 */

/** @param {Event} event @param {Filter} filter @param {Names} names */
function fits(event, { text, stream, code, flag }, names) {
  if (stream !== "" && event.stream !== stream) return false;
  if (code !== "" && `${event.stream}.${event.code}` !== code) return false;
  if (flag === "unsure" && !event.unsure) return false;
  if (flag === "comment" && event.comment === "") return false;
  if (flag === "open" && (event.kind !== "state" || event.offset_us !== null)) return false;
  if (flag === "late" && event.late_us <= 0) return false;
  if (flag === "missing" && names.missing(event).length === 0) return false;
  if (text === "") return true;
  return event.comment.toLowerCase().includes(text) || names.nameOf(event).toLowerCase().includes(text);
}

/** @param {Column} column @param {Names} names @returns {(event: Event) => number | string} */
function keyOf(column, names) {
  if (column === "offset") return (event) => (event.kind === "state" ? names.endOf(event) : event.onset_us ?? -1);
  if (column === "length") return (event) => (event.kind === "state" ? names.endOf(event) - /** @type {number} */ (event.onset_us) : -1);
  if (column === "code") return (event) => names.nameOf(event).toLowerCase();
  return (event) => (event.comment === "" ? "\uffff" : event.comment.toLowerCase());
}

/**
 * The events that pass the filter, in order; `all` itself where nothing is filtered and it is in order already.
 * @param {Event[]} all by onset @param {Filter} filter @param {Order} order @param {Names} names @returns {Event[]}
 */
export function rowsOf(all, filter, order, names) {
  const free = Object.values(filter).every((value) => value === "");
  const text = filter.text.trim().toLowerCase();
  const found = free ? all : all.filter((event) => fits(event, { ...filter, text }, names));
  if (order.column === "onset") return order.down ? [...found].reverse() : found;
  const key = keyOf(order.column, names);
  const keyed = found.map((event, n) => ({ event, n, key: key(event) }));
  const sign = order.down ? -1 : 1;
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.n - b.n));
  return keyed.map(({ event }) => event);
}

/** The row the playhead has reached: the last that begins at it or before. @param {Event[]} rows @param {number} now_us @param {boolean} down */
export function rowAt(rows, now_us, down) {
  if (!down) return firstFrom(rows, now_us + 1) - 1;
  return rows.findIndex((event) => (event.onset_us ?? -1) <= now_us);
}

/** A typed time: `1:02.5`, `62.5`, `62.5 s`, or a frame: `f1550`, `1550f`. In microseconds; null where it is none.
 *  @param {string} text @param {{length: number, end_us: number, timeOf: (frame: number) => number}} table @returns {number | null} */
export function typedTime(text, table) {
  const typed = text.trim().toLowerCase().replace(",", ".");
  const frame = /^(?:f\s*(\d+)|(\d+)\s*f)$/.exec(typed);
  if (frame) {
    const n = Number(frame[1] ?? frame[2]);
    return n < table.length ? table.timeOf(n) : n === table.length ? table.end_us : null;
  }
  const time = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d+)?)\s*s?$/.exec(typed);
  if (!time) return null;
  const [hours, minutes, seconds] = [Number(time[1] ?? 0), Number(time[2] ?? 0), Number(time[3])];
  const t_us = Math.round((hours * 3600 + minutes * 60 + seconds) * 1_000_000);
  return t_us <= table.end_us ? t_us : null;
}
