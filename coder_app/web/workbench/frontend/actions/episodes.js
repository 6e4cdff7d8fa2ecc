// The episodes of the observation, by key: a new one, its name and times, its edges, to the next, away.
// @ts-check

import { edgeTo, nextName, placed, roomAt } from "../episode-rules.js";
import { newId } from "../ids.js";
import { keyOf } from "../keys.js";
import { shortTime } from "../time-label.js";

/** @typedef {import("../controls.js").Controls} Controls */
/** @typedef {import("../protocol.js").Episode} Episode */
/** @typedef {import("../workbench.js").Workbench} Bench */

/** @param {Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function episodes(controls) {
  const { bench } = controls;
  const some = (/** @type {(one: Episode) => void} */ act) => () => withOne(bench, act);
  return {
    episodeNew: () => askNew(controls),
    episodeEdit: some((one) => askFor(bench, one)),
    episodeStart: some((one) => edgeHere(controls, one, "onset")),
    episodeEnd: some((one) => edgeHere(controls, one, "offset")),
    episodeRemove: some((one) => void bench.episodes.keep(bench.episodes.list.filter((other) => other.id !== one.id), `${one.name} removed, ${keyOf("episodeBack")} takes that back`, null)),
    episodeNext: () => go(controls, 1),
    episodePrevious: () => go(controls, -1),
    episodeBack: () => void bench.episodes.takeBack(),
    episodeAdopt: () => void adopt(bench),
  };
}

/** @param {Bench} bench @param {(one: Episode) => void} act */
function withOne(bench, act) {
  const { episodes } = bench;
  if (episodes.fixed !== null) return bench.say(episodes.fixed);
  const { one } = episodes;
  if (one) act(one);
  else bench.say("No episode is here. Go into one, or draw one.");
}

/** A new one: the marked stretch, what is selected, or the free time from the playhead on. @param {Controls} controls */
function askNew({ bench, player }) {
  const { episodes, table } = bench;
  if (episodes.fixed !== null) return bench.say(episodes.fixed);
  const { from_us, to_us } = bench.playback.marked;
  const { extent } = bench.arranging;
  if (from_us !== null && to_us !== null) return askTimes(bench, from_us, to_us);
  if (extent && bench.chosen.size > 1) return askTimes(bench, extent.from_us, extent.to_us);
  const here_us = table.timeOf(player.read());
  const begin_us = episodes.at(here_us)?.offset_us ?? here_us;
  const room = begin_us < table.end_us ? roomAt(episodes.list, begin_us, table.end_us) : null;
  if (room) askTimes(bench, begin_us, room.to_us);
  else bench.say("There is no free time here: another episode begins at once. Move its start first.");
}

/** A new one with these times is shown and asked for its name. @param {Bench} bench @param {number} onset_us @param {number} offset_us */
export function askTimes(bench, onset_us, offset_us) {
  askFor(bench, { id: newId(), name: "", onset_us, offset_us });
}

/** Asks for name and times. @param {Bench} bench @param {Episode} one */
export function askFor(bench, one) {
  const { episodes, frame } = bench;
  bench.player?.pause();
  if (bench.root.dataset.full === "true") bench.controls.run("fullWindow");
  frame.side.choose("episodes");
  episodes.preview(one.name === "" ? placed(episodes.list, one) : null, one.id);
  frame.episodes.ask(one);
  void episodes.refresh().then((names) => frame.episodes.propose(names, nextName(episodes.list, names)));
}

/** What was typed is kept. Returns "", or why not. @param {Bench} bench @param {Episode} one @returns {Promise<string>} */
export function keepTyped({ episodes }, one) {
  const before = episodes.list.find((other) => other.id === one.id);
  const what = before && before.name !== one.name ? `${before.name} is ${one.name} now` : one.name;
  return episodes.keep(placed(episodes.list, one), `${what}, ${shortTime(one.onset_us)} to ${shortTime(one.offset_us)}`, one.id);
}

/** @param {Controls} controls @param {Episode} one @param {"onset" | "offset"} edge */
function edgeHere({ bench, player }, one, edge) {
  const { episodes, table } = bench;
  const frame = player.read();
  const ends = edge === "offset" && frame === table.length - 1;
  const moved = edgeTo(episodes.list, one, edge, ends ? table.end_us : table.timeOf(frame), table);
  const at_us = edge === "onset" ? moved.onset_us : moved.offset_us;
  if (at_us === (edge === "onset" ? one.onset_us : one.offset_us)) return bench.say(`${one.name} ${edge === "onset" ? "begins" : "ends"} there already, or cannot further.`);
  void episodes.keep(placed(episodes.list, moved), `${one.name} ${edge === "onset" ? "begins" : "ends"} at ${shortTime(at_us)}`, one.id);
}

/** To the start of the next episode, or the one before. @param {Controls} controls @param {number} by */
function go(controls, by) {
  const { bench, player } = controls;
  const { list, selected } = bench.episodes;
  const now_us = player.time_us;
  const at = list.findIndex((one) => one.id === selected);
  const next = at >= 0 ? list[at + by] : by > 0 ? list.find((one) => one.onset_us > now_us) : list.findLast((one) => one.onset_us < now_us);
  if (next) show(controls, next);
  else bench.say(list.length === 0 ? "This observation has no episodes." : "There is no other episode that way.");
}

/** Selects one and goes to its start. @param {Controls} controls @param {Episode} one */
export function show(controls, one) {
  controls.bench.episodes.select(one.id);
  controls.seekTime(one.onset_us);
  controls.bench.say(`Episode ${one.name}, ${shortTime(one.onset_us)} to ${shortTime(one.offset_us)}`);
}

/** The stream of the selected event, else the only exclusive one here, gives the episodes. @param {Bench} bench */
async function adopt(bench) {
  const { session, event, streams, episodes } = bench;
  if (session.payload?.state !== "submitted") return bench.say("Only a submitted coding gives its stream as episodes.");
  const fit = streams.filter((stream) => stream.kind === "state" && stream.exclusive);
  const stream = event ? fit.find((one) => one.id === event.stream) : fit.length === 1 ? fit[0] : undefined;
  if (!stream) return bench.say("Select an event of the exclusive stream whose bouts are the episodes.");
  const done = await episodes.adopt(stream.id);
  const words = `${done} episodes of ${session.payload.observation.name} are adopted from ${stream.name}. This submitted coding keeps its own.`;
  bench.say(typeof done === "string" ? done : words);
  bench.frame.episodes.tell(typeof done === "string" ? done : words);
}
