// The small player: seeks to the frame a disagreement begins with and plays its stretch round and round.
// @ts-check

import { FrameTable } from "../frame-table.js";
import { timecode } from "../time-label.js";
import { Player } from "../video.js";
import { loop } from "./queue.js";

export class Screen {
  /** @type {Player | null} */
  player = null;
  /** @type {[number, number] | null} */
  stretch = null;
  /** @type {import("./queue.js").Disagreement | null} */
  one = null;
  #returning = false;

  /** @param {import("../scope.js").Scope} scope @param {any} parts @param {import("./main.js").Data} data @param {(t_us: number) => void} heard */
  constructor(scope, parts, data, heard) {
    this.scope = scope;
    this.parts = parts;
    this.data = data;
    this.heard = heard;
    this.ready = data.media === null ? Promise.resolve() : this.#load(data.media);
    scope.on(parts.speed, "change", () => {
      parts.video.playbackRate = Number(parts.speed.value);
    });
    scope.on(parts.lead, "change", () => {
      if (this.one) void this.playLoop(this.one, this.player?.playing ?? false);
    });
    scope.own(() => {
      parts.video.removeAttribute("src");
      parts.video.load();
    });
  }

  /** @param {{id: string, observation: string}} media */
  async #load(media) {
    const { video } = this.parts;
    const address = `/api/media/${encodeURIComponent(media.id)}`;
    const query = `?observation=${encodeURIComponent(media.observation)}`;
    const answer = await fetch(`${address}/frames${query}`).catch(() => null);
    if (this.scope.ended) return;
    if (answer === null || !answer.ok) {
      this.parts.clock.textContent = "The video cannot be loaded.";
      return;
    }
    const [offset, end] = ["X-Observation-Offset-Us", "X-End-Us"].map((name) => Number(answer.headers.get(name)));
    const table = FrameTable.fromBuffer(await answer.arrayBuffer(), offset, end);
    video.dataset.media = media.id;
    video.src = `${address}/video`;
    await this.scope.once(video, "loadeddata", 20_000);
    const hear = { onFrame: () => this.#moved(), onState: () => this.#changed() };
    if (!this.scope.ended) this.player = new Player({ scope: this.scope, video, table, hear });
    this.parts.root.dataset.ready = "true";
  }

  /** The stretch of a disagreement, from its first frame. @param {import("./queue.js").Disagreement} one @param {boolean} play */
  async playLoop(one, play) {
    this.one = one;
    this.stretch = loop(one, Number(this.parts.lead.value) * 1_000_000, this.data.end_us);
    await this.ready;
    if (!this.player || this.one !== one) return;
    this.player.pause();
    await this.player.seekTime(this.stretch[0]);
    if (play && this.one === one) await this.player.play();
  }

  toggle() {
    void this.player?.toggle();
  }

  /** @param {number} by */
  step(by) {
    this.player?.step(by);
  }

  /** Anywhere else: the loop is left. @param {number} t_us */
  goTo(t_us) {
    this.stretch = null;
    void this.player?.seekTime(t_us);
  }

  #moved() {
    const { player, stretch } = this;
    if (!player) return;
    this.parts.clock.textContent = `${timecode(player.time_us)}  frame ${player.frame}`;
    Object.assign(this.parts.root.dataset, { timeUs: String(player.time_us), frame: String(player.frame) });
    this.heard(player.time_us);
    const over = stretch !== null && player.table.endOf(player.frame) >= stretch[1];
    if (over && player.playing && !this.#returning) void this.#again();
  }

  #changed() {
    const { player } = this;
    if (!player) return;
    this.parts.play.textContent = player.playing ? "Pause" : "Play";
    this.parts.root.dataset.playing = String(player.playing);
    this.#moved();
    if (player.video.ended && this.stretch !== null && !this.#returning) void this.#again();
  }

  async #again() {
    if (!this.player || !this.stretch) return;
    this.#returning = true;
    await this.player.seekTime(this.stretch[0]);
    await this.player.video.play().catch(() => undefined);
    this.#returning = false;
  }
}
