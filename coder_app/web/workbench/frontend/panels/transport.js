// Play, steps, speed, and which frame is on the screen.
// @ts-check

import { button, h, icon, mark, say } from "../dom.js";
import { hint } from "../keys.js";
import { speedLabel, timecode } from "../time-label.js";

const BUTTONS = Object.freeze([
  ["start", "start"], ["secondBack", "backSecond"], ["frameBack", "back"], ["toggle", "play"], ["frameForward", "forward"],
  ["secondForward", "forwardSecond"], ["end", "end"],
]);
/** While the picture runs its time is written no oftener: words cost more of a frame than the playhead. */
const WORDS_MS = 90;

export class Transport {
  #written_ms = 0;

  /** @param {import("../scope.js").Scope} scope @param {(command: string) => void} run @param {import("./go-to.js").GoToField} goTo */
  constructor(scope, run, goTo) {
    const tool = (/** @type {string} */ command, /** @type {string} */ name) => {
      const key = button("wb-tool", { "aria-label": hint(command), title: hint(command), "data-command": command }, icon(name));
      scope.on(key, "click", () => run(command));
      return key;
    };
    const text = (/** @type {string} */ command, /** @type {string} */ tag, /** @type {string} */ sign, /** @type {string | null} */ id = null) => {
      const key = button(tag, { title: hint(command), "data-command": command, "data-testid": id, "aria-label": id ? null : hint(command) }, sign);
      scope.on(key, "click", () => run(command));
      return key;
    };
    this.buttons = BUTTONS.map(([command, name]) => tool(command, name));
    this.toggle = this.buttons[3];
    this.time = text("goTo", "wb-time", "00:00:00.000", "time");
    this.frame = h("span.wb-frame", { "data-testid": "frame" }, "frame 0");
    this.where = h("div.wb-where", {}, this.time, this.frame, goTo.element);
    this.speed = text("pictureTools", "wb-speed", "1.0x", "speed");
    this.loop = tool("loop", "loop");
    this.sound = tool("mute", "sound");
    this.undo = tool("undo", "undo");
    this.redo = tool("redo", "redo");
    this.element = h("div.wb-transport", { role: "toolbar", "aria-label": "Playback" },
      h("div.wb-tools", {}, ...this.buttons), this.where,
      h("div.wb-tools", {}, text("slower", "wb-tool.wb-text", "−"), this.speed, text("faster", "wb-tool.wb-text", "+")),
      h("div.wb-tools", {}, this.loop, this.sound, tool("pictureTools", "tools"), this.undo, this.redo));
  }

  /** @param {import("../video.js").Player} player @param {import("../playback.js").Playback} playback */
  update(player, playback) {
    const now_ms = performance.now();
    if (!player.playing || now_ms - this.#written_ms > WORDS_MS) {
      this.#written_ms = now_ms;
      say(this.time, timecode(player.time_us));
      say(this.frame, `frame ${player.frame}`);
    }
    say(this.speed, `${playback.reversing ? "−" : ""}${speedLabel(player.rate)}`);
    mark(this.loop, "aria-pressed", String(playback.looped !== null));
    const name = player.playing || playback.reversing ? "pause" : "play";
    if (this.toggle.dataset.icon !== name) {
      this.toggle.dataset.icon = name;
      this.toggle.replaceChildren(icon(name));
    }
    const muted = player.video.muted;
    if (this.sound.dataset.muted !== String(muted)) {
      this.sound.dataset.muted = String(muted);
      this.sound.replaceChildren(icon(muted ? "mute" : "sound"));
      mark(this.sound, "aria-pressed", String(muted));
    }
  }

  /** @param {boolean} undo @param {boolean} redo whether there is something to do */
  enable(undo, redo) {
    this.undo.disabled = !undo;
    this.redo.disabled = !redo;
  }
}
