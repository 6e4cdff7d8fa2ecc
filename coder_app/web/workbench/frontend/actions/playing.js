// Play, step, jump, loop.
// @ts-check

import { boundaryBefore, boundaryFrom } from "../boundaries.js";
import { duration, shortTime } from "../time-label.js";
import { scrolled } from "../timeline/layout.js";

const SECOND_US = 1_000_000;
const STEPS = Object.freeze([2, 3, 5, 10, 15, 25, 50, 100]);

/** @typedef {import("../controls.js").Controls} Controls */
/** @typedef {Record<string, import("../controls.js").Act>} Acts */

/** @param {Controls} controls @returns {Acts} */
export function playing(controls) {
  const { playback } = controls.bench;
  return {
    ...moving(controls),
    toggle: () => void playback.toggle(),
    slower: () => controls.player.faster(-1),
    faster: () => controls.player.faster(1),
    slowerFine: () => controls.player.fineFaster(-1),
    fasterFine: () => controls.player.fineFaster(1),
    normalSpeed: () => playback.normalSpeed(),
    shuttleBack: () => playback.shuttle(-1),
    shuttleForward: () => playback.shuttle(1),
    replay: () => void playback.replay(),
    loop: () => void playback.loop(),
    loopFrom: () => playback.mark("from_us"),
    loopTo: () => playback.mark("to_us"),
    loopClear: () => playback.unmark(),
    loopLead: () => playback.turnLead(),
  };
}

/** @param {Controls} controls @returns {Acts} */
function moving(controls) {
  const { bench } = controls;
  const { playback } = bench;
  const by = (/** @type {number} */ us) => (/** @type {boolean} */ held) => {
    playback.halt();
    if (!held || controls.player.target === null) controls.seekTime(here(controls) + us);
  };
  const step = (/** @type {number} */ way) => (/** @type {boolean} */ held) => {
    playback.halt();
    controls.player.step(way, held);
  };
  const leap = (/** @type {number} */ way) => (/** @type {boolean} */ held) => {
    playback.halt();
    controls.player.leap(way * playback.frames, held);
  };
  return {
    frameForward: step(1),
    frameBack: step(-1),
    framesForward: leap(1),
    framesBack: leap(-1),
    moreFrames: () => stepSize(controls, STEPS.find((n) => n > playback.frames)),
    fewerFrames: () => stepSize(controls, STEPS.findLast((n) => n < playback.frames)),
    secondForward: by(SECOND_US),
    secondBack: by(-SECOND_US),
    fiveSecondsForward: by(5 * SECOND_US),
    fiveSecondsBack: by(-5 * SECOND_US),
    boundaryForward: (held) => toBoundary(controls, 1, held),
    boundaryBack: (held) => toBoundary(controls, -1, held),
    goTo: () => bench.frame.goTo.open(),
    start: () => void controls.player.seek(0),
    end: () => void controls.player.seek(controls.player.table.length - 1),
    pageForward: () => page(controls, 1),
    pageBack: () => page(controls, -1),
  };
}

/** Where the picture is, or is going. @param {Controls} controls */
export function here({ player }) {
  return player.target === null ? player.time_us : player.table.timeOf(player.target);
}

/** @param {Controls} controls @param {number | undefined} frames */
function stepSize({ bench }, frames) {
  if (frames !== undefined) bench.playback.setFrames(frames);
  bench.say(`Several frames: ${bench.playback.frames}`);
}

/** @param {Controls} controls @param {1 | -1} way @param {boolean} held */
function toBoundary({ bench, player }, way, held) {
  if (held && player.target !== null) return;
  const { table } = player;
  const at = player.target ?? player.read();
  const found = way > 0 ? boundaryFrom(bench.index.all, table.endOf(at)) : boundaryBefore(bench.index.all, table.timeOf(at));
  if (found === null) return bench.say(way > 0 ? "No onset or offset after this frame." : "No onset or offset before this frame.");
  bench.playback.halt();
  player.pause();
  void player.seekTime(found.t_us);
  const length = found.event.offset_us === null ? "" : `, lasts ${duration(found.event.offset_us - (found.event.onset_us ?? 0))}`;
  const word = found.event.kind === "point" ? "" : found.edge === "onset" ? " begins" : " ends";
  bench.say(`${bench.catalogue.nameOf(found.event)}${word} ${shortTime(found.t_us)}${length}`);
}

/** One window of the timeline on, with the picture. @param {Controls} controls @param {number} by */
function page(controls, by) {
  const { timeline } = controls.bench.frame;
  const { view } = timeline.scene;
  timeline.setView(scrolled(view, by * view.span_us));
  controls.seekTime(here(controls) + by * view.span_us);
}
