// The parts of the page and where they stand. Holds no state of its own.
// @ts-check

import { askFor, askTimes, keepTyped, show as showEpisode } from "./actions/episodes.js";
import { codeKeys, keepKeys, takeCard } from "./actions/keying.js";
import { unanswered } from "./asking.js";
import { h, say } from "./dom.js";
import { placeOf } from "./go-to.js";
import { ChecksPanel } from "./panels/checks.js";
import { Codes } from "./panels/codes.js";
import { Dialog } from "./panels/dialogs.js";
import { EpisodesPanel } from "./panels/episodes.js";
import { EventList } from "./panels/event-list.js";
import { Finder } from "./panels/finder.js";
import { GoToField } from "./panels/go-to.js";
import { Header } from "./panels/header.js";
import { KeyHelp } from "./panels/key-help.js";
import { PassesPanel } from "./panels/passes.js";
import { Regions } from "./panels/regions.js";
import { Selection } from "./panels/selection.js";
import { Stage } from "./panels/stage.js";
import { Tools } from "./panels/tools.js";
import { Transport } from "./panels/transport.js";
import { keyOf } from "./keys.js";
import { Wording } from "./panels/wording.js";
import { ROOT_TESTID } from "./protocol.js";
import { shortTime } from "./time-label.js";
import { Tabs } from "./panels/tabs.js";
import { Timeline } from "./timeline/timeline.js";

/** @typedef {import("./protocol.js").Event} Event */

export class Frame {
  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    const { scope, controls } = bench;
    const run = (/** @type {string} */ command) => controls.run(command);
    this.header = new Header(scope, {
      onPass: (id) => {
        bench.setPass(id);
        this.focus();
      },
      onSubmit: () => void bench.submitting.ask(), onHelp: () => run("help"), onReaction: () => run("reaction"), onTakeOver: () => void bench.session.takeOver(),
      onDismiss: () => bench.session.tell(""),
    });
    this.stage = new Stage(scope, { onClick: () => run("toggle"), onReady: (ready) => (this.root.dataset.ready = String(ready)), onLook: () => {
      bench.liking.keep();
      bench.paint();
    } });
    this.tools = new Tools(bench, () => this.stage, () => this.focus());
    this.regions = new Regions(bench, this.stage, () => this.focus());
    this.goTo = new GoToField(scope, {
      place: (text) => placeOf(text, bench.table, bench.player?.frame ?? 0), onGo: (frame) => void bench.player?.seek(frame), onClose: () => this.focus(),
    });
    this.transport = new Transport(scope, run, this.goTo);
    this.codes = new Codes(scope, { onCode: (stream, code) => controls.code({ stream, code }, bench.player?.read() ?? 0, 0) });
    this.selection = new Selection(scope, {
      run, onTarget: () => run("goTarget"), onEvidence: (t_us, remove) => controls.evidence(t_us, remove), onComment: (text) => controls.comment(text), onModify: (modifier, value) => controls.modify(modifier, value),
    });
    this.wording = new Wording(scope, () => this.focus());
    this.list = new EventList(scope, {
      onOpen: (event) => controls.open(event), onToggle: (event) => bench.arranging.toggle(event),
      onRange: (event) => bench.arranging.range(event), onEdit: (event, column, value) => bench.arranging.edit(event, column, value),
      onCount: (text) => this.side.count("events", text),
      mayEdit: () => bench.session.writable && bench.player !== null, selected: () => bench.event, leave: () => this.focus(),
    });
    this.checks = new ChecksPanel(scope, { onGo: (finding) => bench.checking.goTo(finding), onCount: (text) => this.side.count("checks", text) });
    this.episodes = new EpisodesPanel(scope, this.#hearEpisodes(run));
    this.passes = new PassesPanel(scope, (pass) => {
      bench.setPass(pass);
      this.focus();
    });
    this.side = new Tabs(scope, "Events, checks, episodes and passes", [
      { id: "events", name: "Events", element: this.list.element }, { id: "checks", name: "Checks", element: this.checks.element },
      { id: "episodes", name: "Episodes", element: this.episodes.element },
      { id: "passes", name: "Passes", element: this.passes.element },
    ], () => bench.passes.changed());
    this.timeline = new Timeline(scope, this.#hearTimeline());
    this.help = new KeyHelp(scope, {
      onClose: () => this.focus(), onKeys: keepKeys, onCard: () => takeCard(bench), codes: () => codeKeys(bench),
    });
    this.finder = new Finder(scope, () => this.focus());
    this.submit = new Dialog(scope, "Submit this coding", () => this.focus());
    this.live = h("div.wb-live", { "aria-live": "polite", "data-testid": "live" });
    this.root = this.#assemble();
    scope.on(this.root, "mousedown", (event) => this.#keepFocus(event));
    scope.on(window, "resize", () => this.#fill());
    this.#fill();
    scope.after(0, () => this.#fill());
    scope.after(500, () => this.#fill());
  }

  /** What the mouse asks for on the timeline. @returns {import("./timeline/timeline.js").Hear} */
  #hearTimeline() {
    const { bench } = this;
    const { controls } = bench;
    return {
      onSeek: (t_us) => bench.playback.scrub(t_us), onSelect: (event) => bench.select(event?.id ?? null),
      onToggle: (event) => bench.arranging.toggle(event), onRange: (event) => bench.arranging.range(event),
      onBand: (events, add) => bench.arranging.band(events, add), onDrop: (moved) => bench.arranging.drop(moved),
      onPreview: (t_us) => controls.preview(t_us), mayDrag: () => bench.session.writable && bench.player !== null,
      frames: () => bench.arranging.frames, chosen: () => bench.arranging.timed,
      onOpen: (event) => controls.open(event), describe: (event) => bench.catalogue.describe(event),
      bands: this.#bands(),
      loops: () => bench.playback.loops,
      tracks: {
        onAct: (act, { kind }) => void (act === "stop" ? bench.tracks.stop([kind]) : bench.tracks.measure(kind)),
        onName: ({ kind, id }) => kind === "motion" && this.regions.openAt(id),
      },
    };
  }

  /** What their list asks for. @param {(command: string) => void} run @returns {import("./panels/episodes.js").Hear} */
  #hearEpisodes(run) {
    const { bench } = this;
    const onLeave = () => {
      bench.episodes.preview(null);
      this.focus();
    };
    return {
      run, onLeave, onGo: (one) => showEpisode(bench.controls, one), onKeep: (one) => keepTyped(bench, one),
      onCount: (text) => this.side.count("episodes", text), list: () => bench.episodes.list, frames: () => bench.table,
    };
  }

  /** What the mouse does to episodes. @returns {import("./timeline/band-pointer.js").HearBands} */
  #bands() {
    const { bench } = this;
    const { episodes, controls } = bench;
    return {
      list: () => episodes.list, fixed: () => episodes.fixed, frames: () => bench.arranging.frames,
      onShow: (list, selected) => episodes.preview(list, selected), onSelect: (one) => episodes.select(one.id),
      onDraw: (onset_us, offset_us) => askTimes(bench, onset_us, offset_us),
      onChange: (list, one) => void episodes.keep(list, `${one.name}, ${shortTime(one.onset_us)} to ${shortTime(one.offset_us)}`, one.id),
      onEdit: (one) => (episodes.fixed === null ? askFor(bench, one) : bench.say(episodes.fixed)), onSay: (text) => bench.say(text),
      onPreview: (t_us) => controls.preview(t_us), onSeek: (t_us) => controls.seekTime(t_us),
    };
  }

  #assemble() {
    const coding = h("div.wb-coding", {}, this.codes.groups, this.selection.asked, this.wording.element, this.codes.definition, this.selection.element);
    const side = h("aside.wb-side", {}, h("div.wb-columns", {}, coding, this.side.element));
    const left = h("div.wb-left", {}, this.stage.element, this.tools.element, this.regions.panel, this.transport.element);
    return h("div.wb", {
      "data-testid": ROOT_TESTID, tabindex: 0, role: "application", "aria-label": "Coding workbench", "data-ready": "false",
      "data-coding": "", "data-frame": "0", "data-time-us": "0", "data-playing": "false", "data-seeking": "false",
      "data-revision": "0", "data-pending": "0", "data-writable": "false",
    }, this.header.element, this.header.notice, h("div.wb-upper", {}, left, side), this.timeline.element, this.live, this.help.element, this.finder.element, this.submit.element);
  }

  /** The page is as high as what the window leaves below its top. */
  #fill() {
    const top = this.root.getBoundingClientRect().top + window.scrollY;
    this.root.style.setProperty("--wb-top", `${Math.max(0, Math.round(top))}px`);
  }

  /** A click on a button must not take the keys away from the codes; a click in a text field may. @param {MouseEvent} event */
  #keepFocus(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest("input, textarea, select, .wb-dialog")) return;
    event.preventDefault();
    this.focus();
  }

  /** The keys are the codes' again. */
  focus() {
    this.root.focus({ preventScroll: true });
  }

  /** @param {string} text */
  say(text) {
    this.bench.afterPaint(() => {
      const again = this.live.textContent === text; // the same words are read out again only if the text differs
      say(this.live, again ? `${text}\u00a0` : text);
    });
  }

  /** @param {Event | null} event the selected one */
  showEvent(event) {
    const { bench } = this;
    const { catalogue } = bench;
    const code = event && catalogue.codeOf(event);
    if (!event || !code) return this.selection.update(null);
    this.selection.update({
      event, code, modifiers: catalogue.modifiersOf(event), fill: catalogue.fillOf(event), missing: catalogue.missing(event),
      writable: bench.session.writable, end_us: event.kind === "state" ? catalogue.endOf(event) : null,
      frameOf: (t_us) => bench.table.frameAt(t_us), answers: catalogue.answers(event), ratedIn: catalogue.ratedIn(event),
    });
  }

  /** The event may have been selected since the page was last painted. @param {Event} event */
  writeComment(event) {
    this.showEvent(event);
    this.selection.comment.focus();
  }

  /** What the next keys answer. @param {import("./asking.js").Asking | null} asking */
  ask(asking) {
    if (asking === null) return this.selection.ask("", []);
    if (asking.kind === "recode") return this.selection.ask("Recode: press the key of the other code", []);
    if (asking.kind === "rating") {
      const { scale, name } = asking.code;
      if (!scale) return;
      const anchors = new Map(scale.anchors);
      const values = Array.from({ length: scale.max - scale.min + 1 }, (_, i) => scale.min + i);
      const place = asking.episode === null ? "" : ` in ${this.bench.episodes.nameOf(asking.episode)}`;
      const act = (/** @type {number} */ value) => () => this.bench.controls.rate(value);
      return this.selection.ask(`${name}${place}: ${asking.typed || "type a value"}`, values.map((v) => ({ key: String(v), name: anchors.get(v) ?? "", act: act(v) })));
    }
    const event = this.bench.index.get(asking.id);
    const code = event && this.bench.catalogue.codeOf(event);
    if (!event || !code) return this.selection.ask("", []);
    const open = unanswered(this.bench.session.coding.scheme.modifiers, code, event);
    const act = (/** @type {import("./protocol.js").Modifier} */ m, /** @type {boolean | string} */ value) => () => this.bench.controls.modify(m, value);
    this.selection.ask(code.name, [...open.flatMap((m) => {
      if (m.values.length === 0) return [{ key: m.hotkey ?? "", name: m.name, required: m.required, heading: m.required ? "Answer" : "", act: act(m, true) }];
      return m.values.map((v, n) => ({ key: v.hotkey, name: v.name, required: m.required, heading: n === 0 ? m.name : "", act: act(m, v.id) }));
    }), ...(asking.link ? this.#linkChoices(asking.link) : [])], event.id);
  }

  /** @param {import("./links.js").Choice} link @returns {import("./panels/selection.js").Answer[]} */
  #linkChoices({ among, at, unprompted }) {
    const { catalogue, session, controls } = this.bench;
    const run = (/** @type {string} */ command) => () => controls.run(command);
    const target = session.coding.events.get(among[at]);
    const place = among.length > 1 ? ` (${at + 1} of ${among.length})` : "";
    /** @type {import("./panels/selection.js").Answer[]} */
    const choices = target
      ? [{ key: "Enter", name: `${catalogue.titleOf(target)} ${shortTime(target.onset_us)}${place}`, heading: "Answers", act: run("selectHere") }]
      : [{ key: "", name: "nothing to answer in its window", heading: "Answers" }];
    if (among.length > 1) choices.push({ key: keyOf("link"), name: "next", act: run("link") });
    if (unprompted) choices.push({ key: keyOf("unprompted"), name: "unprompted", act: run("unprompted") });
    return choices;
  }
}
