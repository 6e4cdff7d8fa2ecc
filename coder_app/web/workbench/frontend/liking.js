// How the coder likes picture and sound: volume, mute, brightness, contrast and speed are kept for the person and are there again
// after a reload. What a pass mutes and what a replay slows down is not the coder's liking and is not kept.
// @ts-check

import { fittedLook } from "./picture.js";
import { preferences } from "./preferences.js";
import { SPEEDS } from "./video.js";

/** @typedef {{volume: number, muted: boolean, speed: number, brightness: number, contrast: number}} Likes */

/** @type {Readonly<Likes>} */
const USUAL = Object.freeze({ volume: 1, muted: false, speed: 1, brightness: 1, contrast: 1 });

/** What was kept, each value where it is one that can be. @param {(name: string) => unknown} kept @returns {Likes} */
export function likes(kept) {
  const number = (/** @type {"volume" | "speed" | "brightness" | "contrast"} */ name, /** @type {number} */ low, /** @type {number} */ high) => {
    const value = kept(name);
    return typeof value === "number" && value >= low && value <= high ? value : USUAL[name];
  };
  const { brightness, contrast } = fittedLook({ zoom: 1, x: 0, y: 0, brightness: number("brightness", 0, 9), contrast: number("contrast", 0, 9) });
  return { volume: number("volume", 0, 1), muted: kept("muted") === true, speed: number("speed", SPEEDS[0], SPEEDS[SPEEDS.length - 1]), brightness, contrast };
}

export class Liking {
  /** The pass whose sound is on or off as it should be. */
  #pass = "";
  /** What changes now was changed here. */
  #keeping = false;

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    bench.scope.own(preferences.on((name) => Object.hasOwn(USUAL, name) && !this.#keeping && this.recall()));
  }

  get #kept() {
    return likes((name) => preferences.get(name, null));
  }

  /** As it was left, once the video is there. */
  recall() {
    const { player, frame, pass } = this.bench;
    if (player === null) return;
    const { volume, muted, speed, brightness, contrast } = this.#kept;
    const { video, look } = frame.stage;
    if (video.volume !== volume) video.volume = volume;
    if (!pass.mute && video.muted !== muted) video.muted = muted;
    if (this.bench.playback.chosenRate !== speed) player.rate = speed;
    if (look.brightness !== brightness || look.contrast !== contrast) frame.stage.lookAt(fittedLook({ ...look, brightness, contrast }));
  }

  /** Another pass: its sound is off where the pass says so, else as the coder likes it. @param {import("./protocol.js").Pass} pass */
  setPass(pass) {
    if (this.#pass === pass.id) return;
    this.#pass = pass.id;
    this.bench.frame.stage.video.muted = pass.mute || this.#kept.muted;
  }

  /** Something of it may have been changed: it is kept. */
  keep() {
    const { player, frame, pass, playback } = this.bench;
    if (player === null) return;
    const kept = this.#kept;
    const { video, look } = frame.stage;
    /** @type {Likes} */
    const now = {
      volume: video.volume, muted: pass.mute ? kept.muted : video.muted, speed: playback.chosenRate,
      brightness: look.brightness, contrast: look.contrast,
    };
    this.#keeping = true;
    for (const name of /** @type {(keyof Likes)[]} */ (Object.keys(now))) if (now[name] !== kept[name]) preferences.set(name, now[name]);
    this.#keeping = false;
  }
}
