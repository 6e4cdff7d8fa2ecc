// What is done when a key or a button asks for it: the commands (their functions stand in `actions/`), the codes, and the answers
// to what is being asked.
// @ts-check

import { arranging } from "./actions/arranging.js";
import { coding, holds } from "./actions/coding.js";
import { editing } from "./actions/editing.js";
import { episodes } from "./actions/episodes.js";
import { keying } from "./actions/keying.js";
import { looking } from "./actions/looking.js";
import { measuring } from "./actions/measuring.js";
import { picturing } from "./actions/picturing.js";
import { playing } from "./actions/playing.js";
import { answerOf, typedRating, unanswered } from "./asking.js";
import { Holding } from "./holding.js";
import { newId } from "./ids.js";
import { choiceOf } from "./links.js";

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./marks.js").Meaning} Meaning */
/** @typedef {(held: boolean) => void} Act */

export class Controls {
  /** @type {import("./asking.js").Asking | null} */
  asking = null;
  /** The code pressed last. @type {Meaning | null} */
  latest = null;

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    this.holding = new Holding({ end: ({ id, sure, group }, heard) => {
      bench.marks.endHeld(id, heard ? bench.reaction.meant(sure) : { frame: sure, seen_us: null }, group);
    } });
    /** @type {Record<string, Act>} */
    this.acts = { ...keying(this), ...playing(this), ...picturing(this), ...looking(this), ...measuring(this), ...editing(this), ...arranging(this), ...coding(this), ...episodes(this) };
  }

  get player() {
    return /** @type {import("./video.js").Player} */ (this.bench.player);
  }

  /** @param {string} command @param {boolean} [held] */
  run(command, held = false) {
    if (this.bench.player === null && command !== "help") return;
    this.acts[command]?.(held);
  }

  /** @param {(event: Event) => void} act on the selected event */
  with(act) {
    const { event } = this.bench;
    if (event) act(event);
    else this.bench.say("No event is selected.");
  }

  /** @param {number} t_us */
  seekTime(t_us) {
    if (this.bench.player) void this.player.seekTime(Math.min(t_us, this.player.table.end_us));
  }

  /** The frame at `t_us`, shown while something is dragged over it. @param {number} t_us */
  preview(t_us) {
    if (this.player.playing) this.player.pause();
    this.seekTime(t_us);
  }

  /** Selects an event and shows where it begins. @param {Event} event */
  open(event) {
    this.bench.select(event.id);
    if (event.onset_us !== null) this.seekTime(event.onset_us);
    this.bench.say(this.bench.catalogue.describe(event));
  }

  /** Gives the rating that is being typed. @returns {boolean} whether one was */
  enterRating() {
    if (this.asking?.kind !== "rating" || this.asking.typed === "") return false;
    this.#rated(Number(this.asking.typed));
    return true;
  }

  /**
   * A code's key or button. @param {Meaning} meaning @param {number} frame on the screen when it was pressed @param {number} late_us
   * @param {string | null} [place] of the key on the keyboard, which may be held
   */
  code(meaning, frame, late_us, place = null) {
    const { bench } = this;
    if (bench.player === null) return;
    this.latest = meaning;
    bench.afterPaint(() => {
      bench.frame.codes.press(meaning.stream.id, meaning.code.id);
      bench.frame.codes.define(meaning.code);
    });
    if (this.asking?.kind === "recode") return this.#recode(this.asking.id, meaning);
    if (meaning.code.kind === "rating") return this.#askRating(meaning, frame);
    const held = place !== null && meaning.code.kind === "state" && holds(bench, meaning);
    const group = held ? newId() : null;
    const meant = bench.reaction.meant(frame, meaning);
    const made = bench.marks.code(meaning, meant, late_us, group);
    if (held && made && group) this.holding.begin(/** @type {string} */ (place), made.id, frame, group);
    bench.afterPaint(() => bench.frame.timeline.flashAt(meaning.stream.id, this.player.table.timeOf(meant.frame)));
    if (made) bench.select(made.id);
    else this.ask(null);
    if (made) this.ask({ kind: "modifiers", id: made.id, link: made.link === null ? choiceOf(bench.session.coding, made) : null });
  }

  /** A key is still down, is up, or left with the focus: what that means for bouts that last while a key is down. @param {string} place */
  keyStill(place) {
    if (this.holding.has(place)) this.holding.still(place, this.player.read());
  }

  /** @param {string} place */
  keyUp(place) {
    if (this.holding.has(place)) this.holding.end(place, this.player.read());
  }

  keysLost() {
    if (this.bench.player) this.holding.endAll(this.player.read());
  }

  /** @param {string} id @param {Meaning} meaning */
  #recode(id, { stream, code }) {
    const event = this.bench.index.get(id);
    const { chosen } = this.bench.arranging;
    this.ask(null);
    if (!event) return;
    if (chosen.length > 1) return this.bench.arranging.recode(chosen, { stream, code });
    if (event.stream === stream.id && this.bench.catalogue.codeOf(event)?.kind === code.kind) this.bench.marks.recode(event, code);
    else this.bench.say(`${code.name} is in another stream or of another kind: not recoded.`);
  }

  /** What the next keys answer, from now on; the words of it follow. @param {import("./asking.js").Asking | null} asking */
  ask(asking) {
    this.asking = asking;
    if (asking?.kind === "modifiers" && !asking.link && this.#open(asking.id).length === 0) this.asking = null;
    this.bench.afterPaint(() => this.bench.frame.ask(this.asking));
  }

  /** Another event is selected: nothing is asked about the one before. */
  forget() {
    if (this.asking) this.ask(null);
  }

  /** @param {string} id modifiers of the event without an answer */
  #open(id) {
    const event = this.bench.index.get(id);
    const code = event && this.bench.catalogue.codeOf(event);
    return event && code ? unanswered(this.bench.session.coding.scheme.modifiers, code, event) : [];
  }

  /** A letter or digit while something is asked. @param {string} key @returns {boolean} whether it was an answer */
  answer(key) {
    if (this.asking?.kind === "modifiers") {
      const event = this.bench.index.get(this.asking.id);
      const given = event && answerOf(this.#open(event.id), key);
      if (!event || !given) return false;
      this.bench.marks.modify(event, given.modifier, given.value);
      this.ask({ ...this.asking, id: event.id });
      return true;
    }
    if (this.asking?.kind === "rating" && /\d/.test(key) && this.asking.code.scale) {
      const { typed, value } = typedRating(this.asking.code.scale, this.asking.typed, key);
      if (value !== null) this.#rated(value);
      else this.ask({ ...this.asking, typed });
      return true;
    }
    return false;
  }

  /** The value of the rating that is asked for. @param {number} value */
  rate(value) {
    this.#rated(value);
  }

  /** What is rated in each episode is rated in the one on the screen. @param {Meaning} meaning @param {number} frame */
  #askRating(meaning, frame) {
    const { episodes } = this.bench;
    const each = meaning.code.scale?.per === "episode" && episodes.list.length > 0;
    const one = each ? episodes.at(this.player.table.timeOf(frame)) : null;
    if (each && !one) return this.bench.say(`${meaning.code.name} is rated in an episode, and none is here. Go into one.`);
    this.ask({ kind: "rating", ...meaning, typed: "", episode: one?.id ?? null });
  }

  /** @param {number} value */
  #rated(value) {
    if (this.asking?.kind !== "rating") return;
    const { stream, code, episode } = this.asking;
    const scale = code.scale;
    if (!scale || value < scale.min || value > scale.max) return;
    this.ask(null);
    const made = this.bench.marks.rate({ stream, code }, value, episode);
    if (made) this.bench.select(made.id);
  }

  /** Goes to a time that speaks for the selected rating, or takes it from there. @param {number} t_us @param {boolean} remove */
  evidence(t_us, remove) {
    const { event, marks } = this.bench;
    if (!remove) this.seekTime(t_us);
    else if (event) marks.change(event, { evidence_us: (event.evidence_us ?? []).filter((t) => t !== t_us) }, "Evidence removed");
  }

  /** @param {string} text */
  comment(text) {
    const { event } = this.bench;
    if (event && text !== event.comment) this.bench.marks.change(event, { comment: text }, "Comment kept");
  }

  /** @param {import("./protocol.js").Modifier} modifier @param {boolean | string | null} value */
  modify(modifier, value) {
    this.with((event) => this.bench.marks.modify(event, modifier, value));
    if (this.asking) this.ask(this.asking);
  }

  /** Back to where this coding was left in this tab. @returns {Promise<void>} */
  async recall() {
    const frame = Number(sessionStorage.getItem(`coder-frame-${this.bench.id}`) ?? 0);
    if (frame > 0) await this.player.seek(frame);
  }

  remember() {
    sessionStorage.setItem(`coder-frame-${this.bench.id}`, String(this.player.frame));
  }
}
