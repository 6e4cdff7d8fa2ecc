// What is shown: the window of the timeline, the pass, the selected event, the panels over the page.
// @ts-check

import { enterLink } from "./coding.js";
import { here } from "./playing.js";
import { fitted } from "../timeline/layout.js";

const WINDOW_US = 20_000_000;
const ZOOM = 1.5;

/** @typedef {import("../controls.js").Controls} Controls */

/** @param {Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function looking(controls) {
  const { bench } = controls;
  return {
    zoomIn: () => bench.frame.timeline.zoom(1 / ZOOM),
    zoomOut: () => bench.frame.timeline.zoom(ZOOM),
    zoomAll: () => zoomAll(controls),
    nextPass: () => turnPass(controls, 1),
    previousPass: () => turnPass(controls, -1),
    progress: () => bench.passes.tell(),
    nextEvent: () => selectBy(controls, 1),
    previousEvent: () => selectBy(controls, -1),
    selectHere: () => controls.enterRating() || enterLink(controls) || selectHere(controls),
    leave: () => leave(controls),
  };
}

/** @param {Controls} controls */
function zoomAll({ bench, player }) {
  const { timeline } = bench.frame;
  const { view } = timeline.scene;
  const span_us = view.span_us < view.end_us ? view.end_us : WINDOW_US;
  timeline.setView(fitted({ ...view, span_us, from_us: player.time_us - span_us / 2 }));
}

/** @param {Controls} controls @param {number} by */
function turnPass({ bench }, by) {
  const { passes } = bench.session.coding.scheme;
  const at = passes.findIndex((/** @type {{id: string}} */ p) => p.id === bench.pass.id) + by;
  if (!passes[at]) return;
  bench.setPass(passes[at].id);
  bench.say(`Pass ${passes[at].name}`);
}

/** @param {Controls} controls @param {number} by */
function selectBy(controls, by) {
  const { event, index } = controls.bench;
  const now = here(controls);
  const after = index.all.findIndex((e) => (e.onset_us ?? -1) > now);
  const near = by > 0 ? (after < 0 ? index.all.length : after) : (after < 0 ? index.all.length : after) - 1;
  const next = index.all[event ? index.placeOf(event) + by : near];
  if (next) controls.open(next);
}

/** The bouts at the playhead, one after the other. @param {Controls} controls */
function selectHere(controls) {
  const { bench } = controls;
  const lanes = bench.frame.timeline.rows.flatMap((row) => row.lanes);
  const found = lanes.map((lane) => bench.index.boutAt(lane.key, here(controls), (e) => bench.catalogue.endOf(e))).filter((e) => e !== null);
  const at = found.findIndex((e) => e.id === bench.selected);
  const next = found[(at + 1) % Math.max(found.length, 1)];
  if (next) bench.select(next.id);
}

/** @param {Controls} controls */
function leave(controls) {
  const { submit } = controls.bench.frame;
  if (submit.open) submit.close();
  else if (controls.bench.frame.tools.open) controls.bench.frame.tools.close();
  else if (controls.asking) controls.ask(null);
  else if (controls.bench.frame.timeline.cancelDrag()) controls.bench.say("Not moved");
  else if (controls.bench.frame.episodes.open) controls.bench.frame.episodes.close();
  else {
    controls.bench.select(null);
    controls.bench.episodes.select(null);
  }
}
