// How the picture and the sound are: larger, brighter, louder; a frame as a file; the full window.
// @ts-check

import { mark } from "../dom.js";
import { AS_RECORDED, fittedLook, pannedLook, zoomedLook } from "../picture.js";
import { fileName, keep, snapshot } from "../snapshot.js";

const ZOOM = 1.25;
const PAN = 0.1;
const LIGHT = 0.1;
const VOLUME = 0.1;

/** @typedef {import("../controls.js").Controls} Controls */

/** @param {Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function picturing(controls) {
  const { bench } = controls;
  const look = (/** @type {(look: import("../picture.js").Look) => import("../picture.js").Look} */ change, /** @type {() => string} */ told) => () => {
    const { stage } = bench.frame;
    stage.lookAt(change(stage.look));
    bench.say(told());
    bench.paint();
  };
  const size = () => `Picture ${Math.round(bench.frame.stage.look.zoom * 100)} %`;
  const light = () => `Brightness ${Math.round(bench.frame.stage.look.brightness * 100)} %, contrast ${Math.round(bench.frame.stage.look.contrast * 100)} %`;
  const pan = (/** @type {number} */ x, /** @type {number} */ y) => look((at) => pannedLook(at, x * PAN, y * PAN), () => (bench.frame.stage.look.zoom === 1 ? "The whole picture is shown; make it larger first" : size()));
  return {
    louder: () => volume(controls, VOLUME),
    quieter: () => volume(controls, -VOLUME),
    mute: () => {
      controls.player.video.muted = !controls.player.video.muted;
      bench.say(controls.player.video.muted ? "Sound off" : "Sound on");
    },
    pictureIn: look((at) => zoomedLook(at, ZOOM), size),
    pictureOut: look((at) => zoomedLook(at, 1 / ZOOM), size),
    pictureLeft: pan(1, 0),
    pictureRight: pan(-1, 0),
    pictureUp: pan(0, 1),
    pictureDown: pan(0, -1),
    brighter: look((at) => fittedLook({ ...at, brightness: at.brightness + LIGHT }), light),
    darker: look((at) => fittedLook({ ...at, brightness: at.brightness - LIGHT }), light),
    moreContrast: look((at) => fittedLook({ ...at, contrast: at.contrast + LIGHT }), light),
    lessContrast: look((at) => fittedLook({ ...at, contrast: at.contrast - LIGHT }), light),
    pictureReset: look(() => AS_RECORDED, () => "Picture as recorded"),
    snapshot: () => void save(controls),
    fullWindow: () => {
      const full = bench.root.dataset.full !== "true";
      mark(bench.root, "data-full", full ? "true" : null);
      bench.say(full ? "Picture in the full window" : "Picture beside the codes");
    },
    pictureTools: () => {
      if (bench.frame.regions.open) bench.frame.regions.close();
      bench.frame.tools.toggle();
    },
  };
}

/** @param {Controls} controls @param {number} by */
function volume({ bench, player }, by) {
  const { video } = player;
  const before = video.muted ? 0 : video.volume;
  video.volume = Math.min(Math.max(Math.round((before + by) * 10) / 10, 0), 1);
  video.muted = video.volume === 0;
  bench.say(`Volume ${Math.round(video.volume * 100)} %`);
}

/** @param {Controls} controls */
async function save({ bench, player }) {
  const { frame, file } = snapshot(player, bench.pass.hide);
  const name = fileName(bench.session.payload?.observation.name ?? "", frame, player.table.timeOf(frame));
  const blob = await file;
  if (blob === null) return bench.say("The browser made no picture of this frame.");
  keep(bench.scope, blob, name);
  bench.say(`Frame ${frame} saved as ${name}`);
}
