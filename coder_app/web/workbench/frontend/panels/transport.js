// Play, steps, speed, and which frame is on the screen.
// @ts-check

import { button, h, icon, mark, say } from "../dom.js";
import { hint } from "../keys.js";
import { speedLabel, timecode } from "../time-label.js";

const BUTTONS = Object.freeze([
  ["start", "start"], ["secondBack", "backSecond"], ["frameBack", "back"], ["toggle", "play"], ["frameForward", "forward"],
  ["secondForward", "forwardSecond"], ["end", "end"],
]);

export class Transport {
  /** @param {import("../scope.js").Scope} scope @param {{run: (command: string) => void, onMute: () => void}} hear */
  constructor(scope, hear) {
    this.buttons = BUTTONS.map(([command, name]) => {
      const key = button("wb-tool", { "aria-label": hint(command), title: hint(command), "data-command": command }, icon(name));
      scope.on(key, "click", () => hear.run(command));
      return key;
    });
    this.toggle = this.buttons[3];
    this.time = h("span.wb-time", { "data-testid": "time" }, "00:00:00.000");
    this.frame = h("span.wb-frame", { "data-testid": "frame" }, "frame 0");
    this.slower = button("wb-tool.wb-text", { title: hint("slower"), "aria-label": hint("slower") }, "−");
    this.faster = button("wb-tool.wb-text", { title: hint("faster"), "aria-label": hint("faster") }, "+");
    this.speed = h("span.wb-speed", { "data-testid": "speed" }, "1.0x");
    this.sound = button("wb-tool", { "aria-pressed": "false", "aria-label": "Sound off", title: "Sound on or off" }, icon("sound"));
    this.undo = button("wb-tool", { "aria-label": hint("undo"), title: hint("undo") }, icon("undo"));
    this.redo = button("wb-tool", { "aria-label": hint("redo"), title: hint("redo") }, icon("redo"));
    const bound = /** @type {[HTMLElement, string][]} */ ([
      [this.slower, "slower"], [this.faster, "faster"], [this.undo, "undo"], [this.redo, "redo"],
    ]);
    for (const [key, command] of bound) scope.on(key, "click", () => hear.run(command));
    scope.on(this.sound, "click", hear.onMute);
    this.element = h("div.wb-transport", { role: "toolbar", "aria-label": "Playback" },
      h("div.wb-tools", {}, ...this.buttons), h("div.wb-where", {}, this.time, this.frame),
      h("div.wb-tools", {}, this.slower, this.speed, this.faster), h("div.wb-tools", {}, this.sound, this.undo, this.redo));
  }

  /** @param {import("../video.js").Player} player */
  update(player) {
    say(this.time, timecode(player.time_us));
    say(this.frame, `frame ${player.frame}`);
    say(this.speed, speedLabel(player.video.playbackRate));
    const name = player.playing ? "pause" : "play";
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
