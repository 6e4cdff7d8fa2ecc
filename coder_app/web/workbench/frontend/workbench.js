// The workbench: holds the coding, the player and the panels together, and keeps the root's attributes true.
// @ts-check

import { followKeys } from "./actions/keying.js";
import * as api from "./api.js";
import { Arranging } from "./arranging.js";
import { holds } from "./actions/coding.js";
import { Catalogue } from "./catalogue.js";
import { Checking } from "./checking.js";
import { Controls } from "./controls.js";
import { Counts } from "./counts.js";
import { Episodes } from "./episodes.js";
import { Frame } from "./frame.js";
import { guardPage } from "./guard.js";
import { Keyboard } from "./keyboard.js";
import { Liking } from "./liking.js";
import { Marks } from "./marks.js";
import { paints } from "./palette.js";
import { Passes } from "./passes.js";
import { Playback } from "./playback.js";
import { preferences } from "./preferences.js";
import { Reaction } from "./reaction.js";
import { Session } from "./session.js";
import { Submitting } from "./submitting.js";
import { readTheme } from "./theme.js";
import { EventIndex } from "./timeline/event-index.js";
import { levels } from "./timeline/wave.js";
import { Tracks } from "./tracks.js";
import { Player } from "./video.js";
import { Watch } from "./watched.js";

const COVER_MS = 2_000;
const FOLLOW_MS = 60;

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./protocol.js").Stream} Stream */
/** @typedef {import("./protocol.js").Code} Code */

export class Workbench {
  /** @type {Player | null} */
  player = null;
  /** @type {Watch | null} */
  watch = null;
  /** @type {string | null} */
  selected = null;
  /** All selected events; `selected` is the one chosen last. @type {Set<string>} */
  chosen = new Set();
  /** @type {import("./protocol.js").Pass} */
  pass = { id: "", name: "", streams: [], hide: "none", mute: false };
  /** Streams of the pass; those with times are drawn. @type {Stream[]} */
  streams = [];
  index = new EventIndex([], []);
  counts = new Counts([]);
  catalogue = new Catalogue();
  /** @type {Map<string, import("./palette.js").Paint>} */
  paints = new Map();
  /** What was watched last: the only operation that changes what was watched is the page's own. @type {import("./watched.js").Stretch} */
  #covered = { from_us: 0, to_us: 0 };
  /** How fast the stretch under way is played; null while it is not playing. @type {number | null} */
  #speed = null;
  /** Events or the selection changed since they were last shown. */
  #eventsStale = true;
  #wasWritable = false;
  #statusStale = true;
  /** Something was coded whose words are not drawn yet: until then a frame draws the timeline and the codes' keys alone. */
  #brief = false;
  /** @type {(() => void)[]} */
  #atPaint = [];
  /** @type {(() => void)[]} */
  #afterPaint = [];
  /** Stops the timer of the words, while one runs. @type {(() => void) | null} */
  #following = null;

  /**
   * @param {{parent: HTMLElement, coding: string, browser: string, folder: string, outbox: import("./outbox.js").Outbox,
   *   scope: import("./scope.js").Scope}} parts
   */
  constructor({ parent, coding, browser, folder, outbox, scope }) {
    this.scope = scope;
    this.id = coding;
    const hear = {
      onLoad: () => void this.#load(),
      onChanges: (/** @type {import("./session.js").Changes} */ changes) => this.#changed(changes),
      onStatus: () => this.#status(),
      onSay: (/** @type {string} */ text) => this.say(text),
    };
    this.session = new Session({ id: coding, browser, outbox, scope, folder, hear });
    this.marks = new Marks({ session: this.session, table: () => this.table, say: hear.onSay });
    this.arranging = new Arranging(this);
    this.playback = new Playback(this);
    this.liking = new Liking(this);
    this.reaction = new Reaction(this);
    this.episodes = new Episodes(this);
    this.catalogue.episodes = this.episodes;
    this.controls = new Controls(this);
    this.submitting = new Submitting(this);
    followKeys(this);
    this.checking = new Checking(this);
    this.tracks = new Tracks(this);
    this.passes = new Passes(this);
    this.frame = new Frame(this);
    this.root = this.frame.root;
    this.paint = scope.painter(() => this.#draw());
    parent.append(this.root);
    scope.own(() => this.root.remove());
    this.keyboard = new Keyboard(this);
    guardPage(scope, this.root);
    this.theme = readTheme(this.root);
    this.setTheme();
    scope.on(window, "pagehide", () => this.#leave());
    scope.own(() => this.#leave());
    scope.on(matchMedia("(prefers-color-scheme: dark)"), "change", () => scope.after(60, () => this.setTheme()));
  }

  /** @returns {import("./frame-table.js").FrameTable} */
  get table() {
    return /** @type {Player} */ (this.player).table;
  }

  async open() {
    this.#status();
    try {
      await this.session.open();
    } catch (error) {
      this.session.why = /** @type {Error} */ (error).message;
      this.#status();
    }
  }

  /** The coding is here, or here anew. */
  async #load() {
    const payload = /** @type {import("./protocol.js").Payload} */ (this.session.payload);
    this.frame.header.load(payload);
    this.reaction.show();
    this.paints = paints(payload.scheme.streams, this.theme.dark);
    const known = payload.scheme.passes.find((p) => p.id === (this.pass.id || payload.pass_id));
    try {
      if (this.player === null) await this.#loadVideo(payload);
    } catch (error) {
      this.session.tell(`The video cannot be shown: ${/** @type {Error} */ (error).message}`);
      return;
    }
    this.setPass((known ?? payload.scheme.passes[0]).id);
    this.frame.stage.ready(true);
    this.checking.load();
    this.episodes.load();
    this.counts = new Counts(this.session.coding.events.values());
    this.passes.load(payload);
  }

  /** @param {import("./protocol.js").Payload} payload */
  async #loadVideo(payload) {
    const [media] = payload.media;
    if (!media) throw new Error("This observation has no video. Add one on the Studies page.");
    const video = this.frame.stage.load(media, api.videoAddress(media.id, this.id));
    const table = await api.frames(media.id, payload.observation.id, this.id);
    const patience_ms = 30_000;
    if (video.readyState < 2) await Promise.race(["loadeddata", "error"].map((type) => this.scope.once(video, type, patience_ms)));
    if (video.error) throw new Error(`${media.name} is not played by this browser. Make a working copy on the Videos page.`);
    this.watch = new Watch(table);
    this.player = new Player({
      scope: this.scope, video, table,
      hear: { onFrame: (frame, before, way) => this.#shown(frame, before, way), onState: () => this.#played() },
    });
    this.player.frame = this.player.read();
    this.liking.recall();
    this.frame.timeline.setEnd(payload.observation.end_us || table.end_us, table.timeOf(0));
    this.scope.every(COVER_MS, () => this.#coverOn());
    void api.waveform(media.id, this.id).then((wave) => {
      if (wave) this.frame.timeline.show({ wave: { levels: levels(wave.data), bin_us: wave.bin_us } });
    });
    void api.filmstrip(media.id, this.id).then((film) => {
      if (film) this.frame.timeline.show({ film: { ...film, first_us: table.timeOf(0) } });
    });
    this.frame.timeline.tracks.table = table;
    void this.tracks.load(media);
    await this.controls.recall();
  }

  /** @param {string} id */
  setPass(id) {
    const { scheme } = /** @type {import("./protocol.js").Payload} */ (this.session.payload);
    if (this.pass.id && this.pass.id !== id) this.cover(this.watch?.end() ?? null);
    if (this.pass.id && this.pass.id !== id && this.session.writable) void this.session.choosePass(id);
    this.pass = scheme.passes.find((p) => p.id === id) ?? scheme.passes[0];
    this.streams = this.pass.streams.flatMap((name) => scheme.streams.filter((s) => s.id === name));
    this.catalogue.load(this.session.coding, this.streams, this.paints);
    this.#eventsStale = true;
    this.#follow();
    this.index = new EventIndex(this.streams, this.session.coding.events.values());
    this.chosen = new Set([...this.chosen].filter((one) => this.index.get(one)));
    if (this.selected && !this.chosen.has(this.selected)) this.selected = [...this.chosen].at(-1) ?? null;
    this.keyboard.setPass(this.streams);
    this.frame.stage.setPass(this.pass);
    this.tracks.lay();
    this.liking.setPass(this.pass);
    this.passes.changed();
    this.frame.codes.load(this.streams, this.paints);
    this.frame.codes.markHeld((stream, code) => holds(this, { stream, code }));
    this.frame.timeline.show(this.#scene(), this.streams.filter((s) => s.kind !== "rating"));
    this.#status();
    this.#shown(/** @type {Player} */ (this.player).frame, -1, "jump");
  }

  setTheme() {
    const theme = readTheme(this.root);
    if (this.player && JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.paints = paints(this.session.payload?.scheme.streams ?? [], theme.dark);
    this.theme = theme;
    if (this.player) this.setPass(this.pass.id);
  }

  /** What the timeline shows and asks: nothing of the half or the sound that the pass hides. */
  #scene() {
    const { coding, payload } = this.session;
    const { hide, mute } = this.pass;
    const { catalogue, theme, index, chosen } = this;
    const exhaustive = new Set(this.streams.filter((s) => s.exhaustive).map((s) => s.id));
    const watched = (/** @type {string} */ s) => coding.watched.get(s) ?? [];
    return {
      theme, index, chosen, hovered: null, watched, hide, sound: !mute && payload?.media[0]?.has_audio === true,
      paintOf: (/** @type {Event} */ e) => catalogue.paintOf(e), label: (/** @type {Event} */ e) => catalogue.labels(e),
      endOf: (/** @type {Event} */ e) => catalogue.endOf(e), flawed: (/** @type {Event} */ e) => catalogue.missing(e).length > 0,
      coded: (/** @type {string} */ s) => (exhaustive.has(s) ? [] : [watched(s), coding.own.get(s) ?? []]),
    };
  }

  /** @param {number} frame @param {number} before @param {import("./video.js").Way} way */
  #shown(frame, before, way) {
    const player = /** @type {Player} */ (this.player);
    const watch = /** @type {Watch} */ (this.watch);
    if (way === "play" && this.session.writable) watch.played(frame);
    else if (way === "step" && frame === before + 1 && this.session.writable) watch.stepped(before, frame);
    else this.cover(watch.end());
    this.root.dataset.frame = String(frame);
    this.root.dataset.timeUs = String(player.table.timeOf(frame));
    this.frame.timeline.moveTo(player.time_us, watch.current);
    this.playback.shown(frame, way);
    this.paint();
  }

  /** The page goes: what was watched is kept, and where. */
  #leave() {
    this.cover(this.watch?.end() ?? null);
    if (this.player) this.controls.remember();
    this.session.release();
  }

  /** Playing, seeking or speed changed. */
  #played() {
    const player = /** @type {Player} */ (this.player);
    this.root.dataset.playing = String(player.playing);
    this.root.dataset.seeking = String(player.seeking);
    const speed = player.playing ? player.rate : null;
    if (this.#speed !== null && speed !== this.#speed) this.cover(this.watch?.take() ?? null);
    this.#speed = speed;
    this.liking.keep();
    this.paint();
  }

  /** What goes on playing is told as it comes; what was watched before only when it ends, for its speed. */
  #coverOn() {
    const next = this.watch?.next ?? null;
    if (next && !(this.#speed !== null && this.#unwatched(next).length === 0)) this.cover(this.watch?.take() ?? null);
  }

  get #timed() {
    return this.streams.filter((s) => s.kind !== "rating").map((s) => s.id);
  }

  /** Streams of the pass for which it is not known that the stretch was watched. @param {import("./watched.js").Stretch} stretch @returns {string[]} */
  #unwatched({ from_us, to_us }) {
    const { watched } = this.session.coding;
    return this.#timed.filter((s) => !(watched.get(s) ?? []).some((/** @type {number[]} */ [a, b]) => a <= from_us && to_us <= b));
  }

  /** Tells that a stretch was watched, unless that is known, and how fast it was played. @param {import("./watched.js").Stretch | null} stretch */
  cover(stretch) {
    if (stretch === null || !this.session.writable) return;
    const speed = this.#speed;
    const streams = speed === null ? this.#unwatched(stretch) : this.#timed;
    if (streams.length === 0) return;
    this.#covered = stretch;
    const done = this.session.perform("cover", { pass: this.pass.id, streams, ...stretch, ...(speed === null ? {} : { speed }) });
    if (done && speed !== null) this.passes.played(this.pass.id, speed, stretch);
  }

  /** @param {import("./session.js").Changes} changes */
  #changed(changes) {
    const touched = this.index.update(changes);
    this.checking.changed(changes);
    this.passes.changed();
    this.counts.update(changes);
    if (changes.removed.some((id) => this.chosen.has(id))) this.choose([...this.chosen].filter((id) => this.index.get(id)));
    if (changes.watched.size > 0) this.frame.timeline.touchWatched(this.#covered);
    else this.frame.timeline.touch(touched);
    this.#eventsStale = this.#brief = true;
    this.#follow();
    this.paint();
  }

  #status() {
    const { session, root } = this;
    root.dataset.coding = this.id;
    root.dataset.revision = String(session.revision);
    root.dataset.pending = String(session.pending);
    root.dataset.writable = String(session.writable);
    this.#statusStale = true;
    if (this.#wasWritable !== session.writable) this.#eventsStale = true;
    this.#wasWritable = session.writable;
    if (session.pending === 0) this.atPaint(() => this.#drawWords());
    else this.#follow();
  }

  /** Done when the page is painted next: what need not hold up the way of a key to the server. @param {() => void} run */
  atPaint(run) {
    this.#atPaint.push(run);
    this.paint();
  }

  /** Done a moment later: words, whose layout need hold up neither the frame that draws an event nor the server's answer. @param {() => void} run */
  afterPaint(run) {
    this.#afterPaint.push(run);
    this.#follow();
  }

  /** The words follow when the server has answered, and soon in any case. */
  #follow() {
    this.#following ??= this.scope.after(FOLLOW_MS, () => this.atPaint(() => this.#drawWords()));
  }

  /** @param {string | null} id @param {boolean} [reveal] */
  select(id, reveal = true) {
    this.choose(id === null ? [] : [id], reveal);
  }

  /** These are selected from now on, the last of them above all. @param {string[]} ids @param {boolean} [reveal] */
  choose(ids, reveal = true) {
    const { index } = this;
    const eventOf = (/** @type {string} */ one) => index.get(one);
    const before = [...this.chosen].map(eventOf).filter((one) => one !== undefined);
    const now = ids.map(eventOf).filter((one) => one !== undefined);
    this.chosen = new Set(now.map((one) => one.id));
    const event = now.at(-1);
    this.selected = event?.id ?? null;
    if (event) this.afterPaint(() => this.frame.codes.define(this.catalogue.codeOf(event) ?? null));
    if (event && reveal) this.frame.list.reveal(event);
    this.frame.timeline.select(before, now);
    this.controls.forget();
    this.#eventsStale = true;
    this.#follow();
  }

  /** The selected event. @returns {Event | null} */
  get event() {
    return (this.selected !== null && this.index.get(this.selected)) || null;
  }

  /** To the screen reader; the last words are said. @param {string} text */
  say(text) {
    this.frame.say(text);
  }

  #draw() {
    for (const run of this.#atPaint.splice(0)) run();
    const { player, frame } = this;
    if (player === null || this.session.coding === null) return;
    frame.codes.update(player.time_us, this.index, (e) => this.#grown(e));
    if (this.#brief) return;
    frame.transport.update(player, this.playback);
    frame.tools.update();
    frame.list.follow(player.time_us, player.playing);
  }

  #drawWords() {
    this.#following?.();
    this.#following = null;
    this.#brief = false;
    for (const run of this.#afterPaint.splice(0)) run();
    this.frame.timeline.catchUp();
    if (this.#statusStale) this.frame.header.update(this.session, this.pass.id);
    this.#statusStale = false;
    const { coding, writable } = this.session;
    if (this.player === null || coding === null || !this.#eventsStale) return;
    this.frame.transport.enable(writable && coding.done.length > 0, writable && coding.undone.length > 0);
    this.#eventsStale = false;
    this.frame.showEvent(this.event);
    this.showCounts();
    this.frame.list.update({ index: this.index, selected: this.selected, chosen: this.chosen, catalogue: this.catalogue });
  }

  /** The episodes are others now, or another is selected. */
  showEpisodes() {
    const { episodes } = this;
    this.frame.timeline.showBands({ list: episodes.shown, selected: episodes.selected });
    this.#eventsStale = true;
    this.afterPaint(() => this.frame.episodes.update(episodes, this.session.payload?.state === "submitted"));
  }

  /** How often and how long each code so far, unless the coder hides it. */
  showCounts() {
    const { coding } = this.session;
    const lengthOf = (/** @type {string} */ id) => coding.reachUs(coding.events.get(id)) - coding.events.get(id).onset_us;
    const shown = preferences.get("counts", true);
    this.frame.codes.showSums((name) => (shown ? this.counts.of(name, lengthOf) : null));
  }

  /** As `endOf`; a running bout reaches to the end of what is being watched. @param {Event} event */
  #grown(event) {
    const end = this.catalogue.endOf(event);
    const seen = this.watch?.current;
    return event.offset_us === null && seen && seen.from_us <= end ? Math.max(end, seen.to_us) : end;
  }
}
