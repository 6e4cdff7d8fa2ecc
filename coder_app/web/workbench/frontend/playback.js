// What goes on by itself once it is asked for: a loop, the last seconds again and slower, playing backwards, dragging along the
// ruler. One at a time; whatever else moves the picture ends it.
// @ts-check

import { preferences } from "./preferences.js";
import { duration, shortTime, speedLabel } from "./time-label.js";

const SECOND_US = 1_000_000;
const REPLAY_US = 2 * SECOND_US;
const REPLAY_SHARE = 0.5;
const SHORTEST_US = SECOND_US;
/** How much of the last frame of a loop is shown before going back, which takes a while itself; it stays on the screen meanwhile. */
const SEEN_SHARE = 0.6;
const SEEK_MS = 20;
export const LEAD_INS_US = Object.freeze([0, 500_000, SECOND_US, 2 * SECOND_US]);

/** @typedef {{name: string, from_us: number, to_us: number, event: string | null}} Stretch */
/** @typedef {{until: number, rate: number, playing: boolean}} Replay */

export class Playback {
  /** Stretch that is played again and again. @type {Stretch | null} */
  looped = null;
  /** Ends of a stretch as marked by the coder. @type {{from_us: number | null, to_us: number | null}} */
  marked = { from_us: null, to_us: null };
  /** The speed that the key of normal speed leads back to. */
  #otherRate = 0.5;
  /** @type {Replay | null} */
  #replay = null;
  /** Bumped to end a run backwards. */
  #reverse = 0;
  reversing = false;
  #scrubbing = false;
  /** A seek of our own, which ends nothing. */
  #own = false;
  #unwrap = () => {};

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    for (const type of ["pointerup", "pointercancel", "blur"]) bench.scope.on(window, type, () => this.#dropped());
  }

  /** How much is played before a looped event. */
  get lead_us() {
    return Number(preferences.get("loop-lead-us", LEAD_INS_US[1]));
  }

  /** @param {number} us */
  setLead(us) {
    preferences.set("loop-lead-us", Math.round(us));
    this.#paintLoops();
  }

  /** The speed that the coder chose; a replay is slower for its while. */
  get chosenRate() {
    return this.#replay?.rate ?? this.player.rate;
  }

  /** How many frames a step of several has. */
  get frames() {
    return Number(preferences.get("step-frames", 5));
  }

  /** @param {number} frames */
  setFrames(frames) {
    preferences.set("step-frames", Math.round(frames));
    this.bench.paint();
  }

  get player() {
    return /** @type {import("./video.js").Player} */ (this.bench.player);
  }

  /** First and last frame of the loop as the event or the marks stand now. @returns {[number, number] | null} */
  get bounds() {
    if (this.looped === null) return null;
    const { table } = this.player;
    const event = this.looped.event === null ? null : this.bench.index.get(this.looped.event);
    const { from_us, to_us } = event ? this.#stretchOf(event) : this.looped;
    const first = table.frameAt(Math.max(0, from_us));
    return [first, Math.max(first, table.frameAt(Math.max(0, to_us - 1)))];
  }

  /** What the timeline shows of loops: the one that plays, and the marked stretch where that is another. @returns {import("./timeline/loops.js").Loop[]} */
  get loops() {
    const { bounds, marked } = this;
    /** @type {import("./timeline/loops.js").Loop[]} */
    const found = [];
    const isMarked = marked.from_us !== null || marked.to_us !== null;
    if (isMarked && (bounds === null || this.looped?.event !== null)) found.push({ kind: "marked", ...marked });
    if (bounds !== null) found.push({ kind: "loop", from_us: this.player.table.timeOf(bounds[0]), to_us: this.player.table.endOf(bounds[1]) });
    return found;
  }

  #paintLoops() {
    this.bench.paint();
    this.bench.frame.timeline.paint();
  }

  /** @param {import("./protocol.js").Event} event @returns {Stretch} */
  #stretchOf(event) {
    const onset_us = event.onset_us ?? 0;
    const to_us = event.kind === "state" ? this.bench.catalogue.endOf(event) : onset_us + SHORTEST_US;
    return { name: this.bench.catalogue.nameOf(event), from_us: onset_us - this.lead_us, to_us: Math.max(to_us, onset_us + 1), event: event.id };
  }

  /** A frame is on the screen. @param {number} frame @param {import("./video.js").Way} way */
  shown(frame, way) {
    if (this.#replay !== null) return this.#replayed(this.#replay, frame, way);
    if (this.looped === null || this.#own) return;
    const [first, last] = /** @type {[number, number]} */ (this.bounds);
    const away = frame < first || frame > last + 1; // the end of what is looped may be looked at
    if (way === "jump" && !this.reversing && away) return this.#unloop("Loop off: the picture was taken elsewhere");
    if (way !== "play" || frame < last) return;
    this.#unwrap();
    const wait_ms = frame > last ? 0 : this.player.frame_ms * SEEN_SHARE - SEEK_MS;
    if (wait_ms > 0) this.#unwrap = this.bench.scope.after(wait_ms, () => void this.#wrap());
    else void this.#wrap();
  }

  /** Back to the start of the loop, as long as it plays; at the end of the video it has stopped by itself. */
  async #wrap() {
    const { player } = this;
    const bounds = this.bounds;
    if (bounds === null || (!player.playing && !player.video.ended)) return;
    const ended = player.video.ended;
    await this.#seek(bounds[0]);
    if (ended && this.looped !== null) await player.play();
  }

  /** @param {number} frame */
  async #seek(frame) {
    this.#own = true;
    await this.player.seek(frame);
    this.#own = false;
  }

  async toggle() {
    const { player } = this;
    if (this.reversing) return this.halt();
    if (player.playing) {
      this.halt();
      return player.pause();
    }
    const { bounds } = this;
    const here = player.target ?? player.read();
    if (bounds !== null && (here < bounds[0] || here >= bounds[1])) await this.#seek(bounds[0]);
    await player.play();
  }

  /** Ends what goes on by itself, but not the loop. */
  halt() {
    this.#reverse += 1;
    this.reversing = false;
    if (this.#replay) this.player.rate = this.#replay.rate;
    this.#replay = null;
    this.#unwrap();
    this.bench.paint();
  }

  /** The loop on or off: of the marked stretch, else of the selected event. */
  async loop() {
    const { bench } = this;
    if (this.looped !== null) return this.#unloop("Loop off");
    const { from_us, to_us } = this.marked;
    const marked = from_us !== null && to_us !== null && to_us > from_us;
    const event = bench.event?.onset_us === null ? null : bench.event;
    if (!marked && !event) return bench.say("Select an event, or mark a stretch with its two keys, then loop it.");
    this.halt();
    this.looped = marked ? { name: "marked stretch", from_us, to_us, event: null } : this.#stretchOf(/** @type {any} */ (event));
    bench.say(`Loop of the ${this.looped.name}, ${shortTime(Math.max(0, this.looped.from_us))} to ${shortTime(this.looped.to_us)}`);
    this.#paintLoops();
    const [first] = /** @type {[number, number]} */ (this.bounds);
    await this.#seek(first);
    if (this.looped !== null) await this.player.play();
  }

  /** @param {string} told */
  #unloop(told) {
    this.looped = null;
    this.#unwrap();
    this.bench.say(told);
    this.#paintLoops();
  }

  /** The frame on the screen begins or ends the stretch to loop. @param {"from_us" | "to_us"} end */
  mark(end) {
    const { table } = this.player;
    const frame = this.player.read();
    this.marked[end] = end === "from_us" ? table.timeOf(frame) : table.endOf(frame);
    this.#paintLoops();
    const { from_us, to_us } = this.marked;
    const whole = from_us !== null && to_us !== null;
    if (whole && to_us <= from_us) {
      this.marked[end === "from_us" ? "to_us" : "from_us"] = null;
      return this.bench.say(`${end === "from_us" ? "Start" : "End"} of the stretch marked; the other end lay on the wrong side and is gone`);
    }
    if (whole && this.looped?.event === null) this.looped = { ...this.looped, from_us, to_us };
    this.bench.say(whole ? `Stretch ${shortTime(from_us)} to ${shortTime(to_us)}, ${duration(to_us - from_us)}` : `${end === "from_us" ? "Start" : "End"} of the stretch marked`);
  }

  unmark() {
    this.marked = { from_us: null, to_us: null };
    this.#paintLoops();
    if (this.looped?.event === null) this.#unloop("Marked stretch and loop off");
    else this.bench.say("No stretch is marked");
  }

  /** Normal speed; from there, the one before. */
  normalSpeed() {
    const { player } = this;
    if (player.rate !== 1) this.#otherRate = player.rate;
    player.rate = player.rate === 1 ? this.#otherRate : 1;
  }

  /** The next choice of what is played before a looped event. */
  turnLead() {
    this.setLead(LEAD_INS_US[(LEAD_INS_US.indexOf(this.lead_us) + 1) % LEAD_INS_US.length]);
    this.bench.say(`Loops begin ${duration(this.lead_us)} before the event`);
  }

  /** The last two seconds again at half the speed, then as before: same speed, same place, playing or not. */
  async replay() {
    const { player } = this;
    const before = this.#replay ?? { until: player.read(), rate: player.rate, playing: player.playing };
    this.halt();
    const from = player.table.frameAt(Math.max(0, player.table.timeOf(before.until) - REPLAY_US));
    if (from === before.until) return;
    this.#replay = before;
    player.rate = before.rate * REPLAY_SHARE;
    this.bench.say(`Again from ${shortTime(player.table.timeOf(from))} at ${speedLabel(player.rate)}`);
    await this.#seek(from);
    if (this.#replay === before) await player.play();
  }

  /** @param {Replay} replay @param {number} frame @param {import("./video.js").Way} way */
  #replayed(replay, frame, way) {
    if (this.#own) return;
    if (way !== "play") return this.halt();
    if (frame < replay.until) return;
    this.halt();
    if (replay.playing) return;
    this.player.pause();
    void this.#seek(replay.until);
  }

  /**
   * Backwards at the present speed; asked again, faster. Forward ends it, then plays, then is faster, and so does backwards.
   * @param {1 | -1} way
   */
  shuttle(way) {
    const { player } = this;
    if (way > 0 && this.reversing) return this.halt();
    if (way < 0 && player.playing) {
      this.halt();
      return player.pause();
    }
    if (this.reversing || player.playing) return player.faster(1);
    if (way > 0) return void this.toggle();
    void this.#backwards();
  }

  /** Every frame in turn where the video is quick enough, else as many as it can show: always the one it claims. */
  async #backwards() {
    const { player, bench } = this;
    this.halt();
    const run = this.#reverse;
    this.reversing = true;
    bench.paint();
    let at = player.frame;
    let due_us = player.table.timeOf(at);
    let clock_ms = performance.now();
    while (this.#reverse === run && at > 0 && !bench.scope.ended) {
      await bench.scope.nextFrame();
      const now_ms = performance.now();
      due_us -= (now_ms - clock_ms) * 1000 * player.rate;
      clock_ms = now_ms;
      const taken = player.playing || player.target !== null || player.frame !== at;
      if (this.#reverse !== run || taken) break;
      const next = player.table.frameAt(Math.max(0, due_us));
      if (next >= at) continue;
      await player.seek(next);
      at = next;
    }
    if (this.#reverse === run) this.halt();
  }

  /** The ruler is dragged: the video waits at the frame under the pointer and goes on when it is let go. @param {number} t_us */
  scrub(t_us) {
    const { player } = this;
    if (player.playing) {
      this.halt();
      player.pause();
      this.#scrubbing = true;
    }
    this.bench.controls.seekTime(t_us);
  }

  #dropped() {
    if (!this.#scrubbing) return;
    this.#scrubbing = false;
    void this.player.play();
  }
}
