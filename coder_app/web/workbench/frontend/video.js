// The player: which frame is on the screen, and how to get another one there. Frames, never fractions of seconds.
// @ts-check

const SEEK_PATIENCE_MS = 8_000;
export const SPEEDS = Object.freeze([0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4]);
const FINE = 0.05;

/**
 * @typedef {"play" | "step" | "jump"} Way
 * @typedef {{onFrame: (frame: number, before: number, way: Way) => void, onState: () => void}} Hear
 */

export class Player {
  /** The frame on the screen. */
  frame = 0;
  /** Where the seek under way, or the queue of steps, leads; null when the picture stands where it should. @type {number | null} */
  target = null;
  #stepwise = false;
  #busy = false;
  /** Until the seeks under way are done. @type {Promise<void>} */
  #arrival = Promise.resolve();
  /** A seek of ours is under way: its frames are told when it is done. */
  #seeking = false;
  /** Container time of the frame painted last. */
  #painted_us = 0;

  /**
   * @param {{scope: import("./scope.js").Scope, video: HTMLVideoElement, table: import("./frame-table.js").FrameTable, hear: Hear}} parts
   */
  constructor({ scope, video, table, hear }) {
    this.scope = scope;
    this.video = video;
    this.table = table;
    this.hear = hear;
    scope.videoFrames(video, (mediaTime_s) => this.#painted(mediaTime_s));
    for (const type of ["play", "pause", "ended", "ratechange", "volumechange"]) scope.on(video, type, () => this.#changed(type));
    scope.on(video, "seeking", () => this.#seeking || this.hear.onFrame(this.frame, this.frame, "jump"));
    scope.on(video, "seeked", () => this.#seeking || this.#show(this.read(), "jump"));
  }

  get playing() {
    return !this.video.paused && !this.video.ended;
  }

  get time_us() {
    return this.table.timeOf(this.frame);
  }

  get seeking() {
    return this.target !== null || this.video.seeking;
  }

  /** How long the frame on the screen stays at the present speed, in milliseconds. */
  get frame_ms() {
    return (this.table.endOf(this.frame) - this.time_us) / 1000 / (this.video.playbackRate || 1);
  }

  /** The frame on the screen at this very moment, asked of the decoder; the last one painted where that is not possible. */
  read() {
    const container_us = this.#timestamp();
    return container_us === null ? this.frame : this.table.ofContainer(container_us);
  }

  #timestamp() {
    if (typeof VideoFrame === "undefined") return this.#painted_us;
    let shown;
    try {
      shown = new VideoFrame(this.video);
      return shown.timestamp;
    } catch {
      return this.#painted_us;
    } finally {
      shown?.close();
    }
  }

  /** @param {number} mediaTime_s */
  #painted(mediaTime_s) {
    this.#painted_us = Math.round(mediaTime_s * 1_000_000);
    if (!this.#seeking) this.#show(this.read(), this.playing ? "play" : "jump");
  }

  /** @param {number} frame @param {Way} way */
  #show(frame, way) {
    const before = this.frame;
    this.frame = frame;
    if (frame !== before || way === "play") this.hear.onFrame(frame, before, way);
  }

  /** @param {string} type */
  #changed(type) {
    if (!type.endsWith("change") && !this.#seeking) this.#show(this.read(), "play");
    this.hear.onState();
  }

  async play() {
    if (this.video.ended || this.frame === this.table.length - 1) await this.seek(0);
    const [from, settled] = [this.read(), !this.seeking];
    const begun = this.video.play().catch(() => undefined);
    if (settled) this.#show(from, "play"); // it plays from here, even where the next frames are up before the page hears of it
    await begun;
  }

  pause() {
    if (this.playing && !this.#seeking) this.#show(this.read(), "play");
    this.video.pause();
  }

  toggle() {
    return this.playing ? this.pause() : this.play();
  }

  get rate() {
    return this.video.playbackRate;
  }

  /** Kept between 0.1 and 4, to the hundredth. */
  set rate(rate) {
    this.video.playbackRate = Math.min(Math.max(Math.round(rate * 100) / 100, SPEEDS[0]), SPEEDS[SPEEDS.length - 1]);
  }

  /** @param {number} by places in `SPEEDS` */
  faster(by) {
    const next = by > 0 ? SPEEDS.find((s) => s > this.rate + 0.001) : SPEEDS.findLast((s) => s < this.rate - 0.001);
    this.rate = next ?? this.rate;
  }

  /** @param {number} by steps of 0.05 */
  fineFaster(by) {
    this.rate = Math.round(this.rate / FINE + by) * FINE;
  }

  /**
   * Frame by frame. Presses queue and every frame between is shown; a held key (`held`) asks anew only when the last step is on
   * the screen. @param {number} by @param {boolean} [held]
   */
  step(by, held = false) {
    if (held && this.#busy) return;
    this.pause();
    this.target = this.table.clamp((this.target ?? this.read()) + by);
    this.#stepwise = true;
    void this.#run();
  }

  /** Straight over several frames; held as in `step`. @param {number} by @param {boolean} [held] */
  leap(by, held = false) {
    if (held && this.#busy) return;
    this.pause();
    void this.seek((this.target ?? this.read()) + by);
  }

  /** Straight to a frame. @param {number} frame @returns {Promise<void>} */
  seek(frame) {
    this.target = this.table.clamp(frame);
    this.#stepwise = false;
    return this.#run();
  }

  /** @param {number} t_us @returns {Promise<void>} */
  seekTime(t_us) {
    return this.seek(this.table.frameAt(Math.max(0, t_us)));
  }

  #run() {
    this.hear.onState();
    if (!this.#busy) this.#arrival = this.#arrive();
    return this.#arrival;
  }

  async #arrive() {
    this.#busy = true;
    this.frame = this.read();
    while (this.target !== null && this.target !== this.frame && !this.scope.ended) {
      const stepwise = this.#stepwise;
      const next = stepwise ? this.frame + Math.sign(this.target - this.frame) : this.target;
      const shown = await this.#bring(next);
      this.#show(shown, stepwise ? "step" : "jump");
      if (shown !== next && this.target === next) break;
      if (shown !== next && stepwise) break;
    }
    this.target = null;
    this.#busy = false;
    this.hear.onState();
  }

  /** Seeks to the middle of a frame and waits until it is there. @param {number} frame @returns {Promise<number>} the frame shown */
  async #bring(frame) {
    this.#seeking = true;
    this.video.currentTime = this.table.containerMiddle(frame) / 1_000_000;
    await this.scope.once(this.video, "seeked", SEEK_PATIENCE_MS);
    for (let painted = 0; painted < 6 && this.read() !== frame && !this.playing; painted++) await this.scope.nextFrame();
    this.#seeking = false;
    return this.read();
  }
}
