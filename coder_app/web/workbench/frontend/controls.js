// What the commands do. Every command has one function here, whether a key or a button asks for it.
// @ts-check

import { answerOf, typedRating, unanswered } from "./asking.js";
import { fillHelp } from "./panels/dialogs.js";
import { fitted, scrolled } from "./timeline/layout.js";

const SECOND_US = 1_000_000;
const WINDOW_US = 20_000_000;
const ZOOM = 1.5;

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./marks.js").Meaning} Meaning */
/** @typedef {(held: boolean) => void} Act */

export class Controls {
  /** @type {import("./asking.js").Asking | null} */
  asking = null;

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    /** @type {Record<string, Act>} */
    this.acts = { ...this.#playing(), ...this.#looking(), ...this.#editing() };
  }

  get player() {
    return /** @type {import("./video.js").Player} */ (this.bench.player);
  }

  /** @param {string} command @param {boolean} [held] */
  run(command, held = false) {
    if (this.bench.player === null && command !== "help") return;
    this.acts[command]?.(held);
  }

  /** @returns {Record<string, Act>} */
  #playing() {
    const by = (/** @type {number} */ us) => () => this.seekTime((this.player.target === null ? this.player.time_us : this.player.table.timeOf(this.player.target)) + us);
    return {
      toggle: () => void this.player.toggle(),
      frameForward: (held) => this.player.step(1, held),
      frameBack: (held) => this.player.step(-1, held),
      secondForward: by(SECOND_US),
      secondBack: by(-SECOND_US),
      slower: () => this.player.faster(-1),
      faster: () => this.player.faster(1),
      start: () => void this.player.seek(0),
      end: () => void this.player.seek(this.player.table.length - 1),
      pageForward: () => this.#page(1),
      pageBack: () => this.#page(-1),
    };
  }

  /** @returns {Record<string, Act>} */
  #looking() {
    const { bench } = this;
    return {
      zoomIn: () => bench.frame.timeline.zoom(1 / ZOOM),
      zoomOut: () => bench.frame.timeline.zoom(ZOOM),
      zoomAll: () => this.#zoomAll(),
      nextPass: () => this.#turnPass(1),
      previousPass: () => this.#turnPass(-1),
      nextEvent: () => this.#selectBy(1),
      previousEvent: () => this.#selectBy(-1),
      selectHere: () => this.#enter(),
      help: () => this.#help(),
      leave: () => this.#leave(),
    };
  }

  /** @returns {Record<string, Act>} */
  #editing() {
    const nudge = (/** @type {"onset" | "offset"} */ edge, /** @type {number} */ by) => (/** @type {boolean} */ held) => this.#nudge(edge, by, held);
    const here = (/** @type {"onset" | "offset"} */ edge) => () => this.#with((event) => this.bench.marks.edgeTo(event, edge, this.player.read()));
    return {
      onsetBack: nudge("onset", -1),
      onsetForward: nudge("onset", 1),
      offsetBack: nudge("offset", -1),
      offsetForward: nudge("offset", 1),
      onsetHere: here("onset"),
      offsetHere: here("offset"),
      recode: () => this.#with((event) => this.ask({ kind: "recode", id: event.id })),
      modifiers: () => this.#with((event) => this.ask({ kind: "modifiers", id: event.id })),
      comment: () => this.#with((event) => this.bench.frame.writeComment(event)),
      unsure: () => this.#with((event) => this.bench.marks.change(event, { unsure: !event.unsure }, event.unsure ? "Sure" : "Unsure")),
      remove: () => this.#with((event) => this.bench.marks.remove(event)),
      undo: () => this.bench.session.undo() && this.bench.say("Undone"),
      redo: () => this.bench.session.redo() && this.bench.say("Done again"),
    };
  }

  /** @param {(event: Event) => void} act on the selected event */
  #with(act) {
    const { event } = this.bench;
    if (event) act(event);
    else this.bench.say("No event is selected.");
  }

  /** @param {number} t_us */
  seekTime(t_us) {
    if (this.bench.player) void this.player.seekTime(Math.min(t_us, this.player.table.end_us));
  }

  /** @param {number} by */
  #page(by) {
    const { timeline } = this.bench.frame;
    const { view } = timeline.scene;
    timeline.setView(scrolled(view, by * view.span_us));
    this.seekTime(this.player.time_us + by * view.span_us);
  }

  #zoomAll() {
    const { timeline } = this.bench.frame;
    const { view } = timeline.scene;
    const span_us = view.span_us < view.end_us ? view.end_us : WINDOW_US;
    timeline.setView(fitted({ ...view, span_us, from_us: this.player.time_us - span_us / 2 }));
  }

  /** @param {number} by */
  #turnPass(by) {
    const { passes } = this.bench.session.coding.scheme;
    const at = passes.findIndex((/** @type {{id: string}} */ p) => p.id === this.bench.pass.id) + by;
    if (!passes[at]) return;
    this.bench.setPass(passes[at].id);
    this.bench.say(`Pass ${passes[at].name}`);
  }

  /** @param {number} by */
  #selectBy(by) {
    const { all } = this.bench.index;
    const { event } = this.bench;
    const now = this.player.time_us;
    const after = all.findIndex((e) => (e.onset_us ?? -1) > now);
    const near = by > 0 ? (after < 0 ? all.length : after) : (after < 0 ? all.length : after) - 1;
    const next = all[event ? this.bench.index.placeOf(event) + by : near];
    if (next) this.open(next);
  }

  /** Selects an event and shows where it begins. @param {Event} event */
  open(event) {
    this.bench.select(event.id);
    if (event.onset_us !== null) this.seekTime(event.onset_us);
    this.bench.say(this.bench.catalogue.describe(event));
  }

  #enter() {
    if (this.asking?.kind === "rating" && this.asking.typed !== "") return this.#rated(Number(this.asking.typed));
    const now = this.player.time_us;
    const { timeline } = this.bench.frame;
    const lanes = timeline.rows.flatMap((row) => row.lanes);
    const found = lanes.map((lane) => this.bench.index.boutAt(lane.key, now, (e) => this.bench.catalogue.endOf(e))).filter((e) => e !== null);
    const at = found.findIndex((e) => e.id === this.bench.selected);
    const next = found[(at + 1) % Math.max(found.length, 1)];
    if (next) this.bench.select(next.id);
  }

  /** @param {"onset" | "offset"} edge @param {number} by @param {boolean} held */
  #nudge(edge, by, held) {
    this.#with((event) => {
      const at_us = this.bench.marks.nudge(event, edge, by, held);
      if (at_us !== null && !this.player.playing) this.seekTime(at_us);
    });
  }

  /**
   * A code's key or button. @param {Meaning} meaning @param {number} frame on the screen when it was pressed @param {number} late_us
   */
  code(meaning, frame, late_us) {
    const { bench } = this;
    if (bench.player === null) return;
    bench.afterPaint(() => {
      bench.frame.codes.press(meaning.stream.id, meaning.code.id);
      bench.frame.codes.define(meaning.code);
    });
    if (this.asking?.kind === "recode") return this.#recode(this.asking.id, meaning);
    if (meaning.code.kind === "rating") return this.ask({ kind: "rating", ...meaning, typed: "" });
    const made = bench.marks.code(meaning, frame, late_us);
    bench.afterPaint(() => bench.frame.timeline.flashAt(meaning.stream.id, this.player.table.timeOf(frame)));
    if (made) bench.select(made.id);
    else this.ask(null);
    if (made && meaning.code.modifiers.length > 0) this.ask({ kind: "modifiers", id: made.id });
  }

  /** @param {string} id @param {Meaning} meaning */
  #recode(id, { stream, code }) {
    const event = this.bench.index.get(id);
    this.ask(null);
    if (!event) return;
    if (event.stream === stream.id && this.bench.catalogue.codeOf(event)?.kind === code.kind) this.bench.marks.recode(event, code);
    else this.bench.say(`${code.name} is in another stream or of another kind: not recoded.`);
  }

  /** @param {import("./asking.js").Asking | null} asking */
  ask(asking) {
    this.asking = asking;
    if (asking?.kind === "modifiers" && this.#open(asking.id).length === 0) this.asking = null;
    this.bench.frame.ask(this.asking);
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
      this.ask({ kind: "modifiers", id: event.id });
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

  /** @param {number} value */
  #rated(value) {
    if (this.asking?.kind !== "rating") return;
    const { stream, code } = this.asking;
    const scale = code.scale;
    if (!scale || value < scale.min || value > scale.max) return;
    const now = this.player.time_us;
    const episodes = this.bench.session.payload?.observation.episodes ?? [];
    const episode = scale.per === "episode" ? (episodes.find((e) => e.onset_us <= now && now < e.offset_us)?.id ?? null) : null;
    this.ask(null);
    const made = this.bench.marks.rate({ stream, code }, value, episode);
    if (made) this.bench.select(made.id);
  }

  /** @param {string} text */
  comment(text) {
    const { event } = this.bench;
    if (event && text !== event.comment) this.bench.marks.change(event, { comment: text }, "Comment kept");
  }

  /** @param {import("./protocol.js").Modifier} modifier @param {boolean | string | null} value */
  modify(modifier, value) {
    this.#with((event) => this.bench.marks.modify(event, modifier, value));
    if (this.asking) this.ask(this.asking);
  }

  #help() {
    const { help } = this.bench.frame;
    if (help.open) return help.close();
    fillHelp(help, this.bench.streams.flatMap((stream) => stream.codes.map((code) => ({ stream, code }))));
    help.show();
  }

  #leave() {
    const { help, submit } = this.bench.frame;
    if (help.open) help.close();
    else if (submit.open) submit.close();
    else if (this.asking) this.ask(null);
    else this.bench.select(null);
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
