// Where an episode may lie: between its neighbours, with its edges on frames, at least a frame long. Pure; the server has the last word
// (model/episode.py).
// @ts-check

import { typedTime } from "./table-rows.js";
import { timecode } from "./time-label.js";
import { onFrame, shifted, withEdge } from "./timeline/drag.js";

/** @typedef {import("./protocol.js").Episode} Episode */
/** @typedef {import("./timeline/drag.js").Frames} Frames */
/** @typedef {{from_us: number, to_us: number}} Room */

/** The episode that holds an instant. @param {Episode[]} list by onset @param {number} t_us @returns {Episode | null} */
export function episodeAt(list, t_us) {
  return list.find((one) => one.onset_us <= t_us && t_us < one.offset_us) ?? null;
}

/** The free time around an instant; null where an episode lies, unless it is `but`.
 *  @param {Episode[]} list by onset @param {number} t_us @param {number} end_us of the recording @param {string} [but] id @returns {Room | null} */
export function roomAt(list, t_us, end_us, but = "") {
  const others = list.filter((one) => one.id !== but);
  if (episodeAt(others, t_us)) return null;
  const before = others.filter((one) => one.offset_us <= t_us).at(-1);
  const after = others.find((one) => one.onset_us > t_us);
  return { from_us: before?.offset_us ?? 0, to_us: after?.onset_us ?? end_us };
}

/** One edge at `to_us`, as far as the neighbours and a frame of its own let it. @param {Episode[]} list @param {Episode} episode
 *  @param {"onset" | "offset"} edge @param {number} to_us @param {Frames} frames @returns {Episode} */
export function edgeTo(list, episode, edge, to_us, frames) {
  const room = /** @type {Room} */ (roomAt(list, episode.onset_us, frames.end_us, episode.id));
  const held_us = Math.min(Math.max(onFrame(frames, to_us, edge === "offset"), room.from_us), room.to_us);
  const { onset_us, offset_us } = withEdge(asEvent(episode), episode.offset_us, edge, held_us, frames);
  return { ...episode, onset_us, offset_us: /** @type {number} */ (offset_us) };
}

/** All of it moved, as far as the neighbours let it. @param {Episode[]} list @param {Episode} episode @param {number} by_us @param {Frames} frames @returns {Episode} */
export function movedBy(list, episode, by_us, frames) {
  const room = /** @type {Room} */ (roomAt(list, episode.onset_us, frames.end_us, episode.id));
  const held_us = Math.min(Math.max(by_us, room.from_us - episode.onset_us), room.to_us - episode.offset_us);
  const [{ onset_us, offset_us }] = shifted([asEvent(episode)], held_us, frames);
  return { ...episode, onset_us: Math.max(onset_us, room.from_us), offset_us: Math.min(/** @type {number} */ (offset_us), room.to_us) };
}

/** The times between two instants, within the free time around a third; null where there is none.
 *  @param {Episode[]} list @param {number} at_us @param {number} from_us @param {number} to_us before or after it @param {Frames} frames @returns {{onset_us: number, offset_us: number} | null} */
export function drawn(list, at_us, from_us, to_us, frames) {
  const room = roomAt(list, at_us, frames.end_us);
  if (!room) return null;
  const within = (/** @type {number} */ t_us) => Math.min(Math.max(t_us, room.from_us), room.to_us);
  const [first, last] = [within(Math.min(from_us, to_us)), within(Math.max(from_us, to_us))];
  const onset_us = Math.max(room.from_us, onFrame(frames, first, false));
  const offset_us = Math.min(room.to_us, onFrame(frames, last, true));
  return offset_us > onset_us ? { onset_us, offset_us } : null;
}

/** The list with this episode in its place. @param {Episode[]} list @param {Episode} episode @returns {Episode[]} */
export function placed(list, episode) {
  return [...list.filter((one) => one.id !== episode.id), episode].sort((a, b) => a.onset_us - b.onset_us);
}

/** A name as the server keeps it (workflow/names.py). @param {string} text @returns {string} */
export function cleanName(text) {
  return text.normalize("NFC").trim().replace(/\s+/g, " ");
}

/** Why an episode within the recording cannot be among these, in the server's words; "" where it can. @param {Episode[]} list by onset @param {Episode} one @returns {string} */
export function refusal(list, one) {
  const name = one.name.toLowerCase();
  if (name === "") return "The name of an episode is empty. Give at least one letter or digit.";
  if (one.offset_us <= one.onset_us) return `${one.name} must end after it begins, at ${timecode(one.onset_us)}. Give it a later end.`;
  if (list.some((other) => other.id !== one.id && other.name.toLowerCase() === name)) {
    return `The name ${name} stands twice among the episodes. Give each one of its own, for example with a number.`;
  }
  const all = placed(list, one);
  const at = all.findIndex((other, n) => n > 0 && other.onset_us < all[n - 1].offset_us);
  if (at < 0) return "";
  const [first, second] = [all[at - 1], all[at]];
  return `${second.name} begins at ${timecode(second.onset_us)}, before ${first.name} ends at ${timecode(first.offset_us)}. Episodes do not overlap: move one.`;
}

/** The first of the names that no episode here has. @param {Episode[]} list @param {string[]} names @returns {string} */
export function nextName(list, names) {
  const taken = new Set(list.map((one) => one.name.toLowerCase()));
  return names.find((name) => !taken.has(name.toLowerCase())) ?? "";
}

/**
 * Times as typed: a time, a frame, for the end also `+120` after the start; on the nearest frame. Or why not.
 * @param {string} from @param {string} to @param {Frames} frames @returns {{onset_us: number, offset_us: number} | string}
 */
export function typedTimes(from, to, frames) {
  const start_us = typedTime(from, frames);
  if (start_us === null) return wrong(from, "1:02.5, 62.5 or f1550");
  const after = to.trim().startsWith("+");
  const rest_us = typedTime(after ? to.trim().slice(1) : to, frames);
  if (rest_us === null) return wrong(to, "1:02.5, f1550, or +120 for 120 s");
  const onset_us = onFrame(frames, start_us, false);
  const end_us = after ? onset_us + rest_us : rest_us;
  if (end_us > frames.end_us) return "It would end after the recording does.";
  return { onset_us, offset_us: onFrame(frames, end_us, true) };
}

/** @param {string} text @param {string} samples */
function wrong(text, samples) {
  return text.trim() === "" ? `A time is missing. Type ${samples}.` : `"${text.trim()}" is no time of this recording. Type ${samples}.`;
}

/** @param {Episode} episode @returns {import("./protocol.js").Event} as `drag.js` moves it */
function asEvent(episode) {
  return /** @type {any} */ ({ ...episode, kind: "state" });
}
