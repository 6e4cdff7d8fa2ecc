// Where a coder wants to go, as typed: a time, a frame, or so far from here.
// @ts-check

import { shortTime } from "./time-label.js";

/** @typedef {{frame: number, wrong: ""} | {frame: null, wrong: string}} Place */

const SAMPLES = "a time (1:02.5 or 62.5) or a frame (f1550)";
const SECOND_US = 1_000_000;

/** @param {string} wrong @returns {Place} */
const not = (wrong) => ({ frame: null, wrong });

/**
 * @param {string} text @param {import("./frame-table.js").FrameTable} table @param {number} here the frame on the screen, from
 * which `+5` and `-f10` count @returns {Place}
 */
export function placeOf(text, table, here) {
  const typed = text.trim().toLowerCase().replace(",", ".");
  const [, sign, rest] = /** @type {RegExpExecArray} */ (/^([+-]?)\s*(.*)$/.exec(typed));
  const by = sign === "-" ? -1 : 1;
  if (rest === "") return not(`Type ${SAMPLES}.`);
  if (/^f(rame)?\b|^f\d/.test(rest)) {
    const digits = rest.replace(/^f(rame)?\s*/, "");
    if (!/^\d+$/.test(digits)) return not(`After f comes a whole number, as in f1550, not "${digits}".`);
    return framed(sign === "" ? Number(digits) : here + by * Number(digits), table);
  }
  const seconds = secondsOf(rest);
  if (typeof seconds === "string") return not(seconds);
  return timed(Math.round(seconds * SECOND_US) * by + (sign === "" ? 0 : table.timeOf(here)), table);
}

/** @param {number} frame @param {import("./frame-table.js").FrameTable} table @returns {Place} */
function framed(frame, table) {
  if (frame < 0) return not("That is before the start.");
  return frame < table.length ? { frame, wrong: "" } : not(`The last frame is f${table.length - 1}.`);
}

/** @param {number} t_us @param {import("./frame-table.js").FrameTable} table @returns {Place} */
function timed(t_us, table) {
  if (t_us < 0) return not("That is before the start.");
  return t_us < table.end_us ? { frame: table.frameAt(t_us), wrong: "" } : not(`The video ends at ${shortTime(table.end_us)}.`);
}

/** @param {string} text h:m:s, m:s or s @returns {number | string} seconds, or what is wrong */
function secondsOf(text) {
  const parts = text.replace(/\s*s$/, "").split(":");
  if (parts.length > 3) return "A time has hours, minutes and seconds at most: 1:02:03.5.";
  const bad = parts.find((part, n) => !(n === parts.length - 1 ? /^(\d+\.?\d*|\.\d+)$/ : /^\d+$/).test(part));
  if (bad !== undefined) return bad === "" ? `A part of the time is empty. Type ${SAMPLES}.` : `"${bad}" is no number. Type ${SAMPLES}.`;
  const over = parts.slice(1).find((part) => Number(part) >= 60);
  if (over !== undefined) return `${over} is 60 or more: after a colon come 0 to 59.`;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}
