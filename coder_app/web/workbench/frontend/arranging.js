// What is done to several events at once, or to where events lie: drop after a drag, shift, copy, paste, merge, split, remove,
// recode. Each is one gesture: one group of operations, undone at once.
// @ts-check

import { newId } from "./ids.js";
import { laneKey } from "./timeline/layout.js";
import { inOrder, movable, onFrame, shifted } from "./timeline/drag.js";
import { typedTime } from "./table-rows.js";
import { duration, shortTime } from "./time-label.js";

const CLIPBOARD = "coder-clipboard";

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./timeline/drag.js").Moved} Moved */
/** @typedef {{frames: number} | {us: number}} Step */

/** A typed shift: `12f` or `-3 frames`, `1.5`, `-0.2 s` or `200 ms`; null where it is none. @param {string} text @returns {Step | null} */
export function stepOf(text) {
  const found = /^\s*([-+−]?)\s*(\d+(?:[.,]\d+)?)\s*(f|frames?|s|ms)?\s*$/i.exec(text);
  if (!found) return null;
  const value = Number(found[2].replace(",", ".")) * (found[1] === "-" || found[1] === "−" ? -1 : 1);
  const unit = (found[3] ?? "s").toLowerCase();
  if (unit.startsWith("f")) return Number.isInteger(value) ? { frames: value } : null;
  return { us: Math.round(value * (unit === "ms" ? 1_000 : 1_000_000)) };
}

/** "1 event", "3 events". @param {number} count */
function events(count) {
  return count === 1 ? "1 event" : `${count.toLocaleString("en")} events`;
}

export class Arranging {
  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  /** The chosen events by onset. @returns {Event[]} */
  get chosen() {
    const { bench } = this;
    const found = [...bench.chosen].map((id) => bench.index.get(id)).filter((event) => event !== undefined);
    return found.sort((a, b) => (a.onset_us ?? -1) - (b.onset_us ?? -1));
  }

  /** The chosen events that have times. */
  get timed() {
    return this.chosen.filter((event) => event.onset_us !== null);
  }

  get frames() {
    return this.bench.player ? this.bench.table : null;
  }

  /** @param {Event} event @returns {number} */
  #endOf(event) {
    return this.bench.catalogue.endOf(event);
  }

  /** Tells what was done, unless it was refused; the reason was said then. @param {number} done @param {string} what */
  #tell(done, what) {
    if (done > 0) this.bench.say(what);
    return done > 0;
  }

  /** Events as they came to lie. @param {Moved[]} moved */
  drop(moved) {
    const { session } = this.bench;
    const group = newId();
    let done = 0;
    for (const { event, onset_us, offset_us } of inOrder(moved)) {
      const now = session.coding.events.get(event.id);
      if (now && session.perform("change", { event: { ...now, onset_us, offset_us } }, group)) done += 1;
    }
    const [first] = moved;
    const times = first.offset_us === null ? shortTime(first.onset_us) : `${shortTime(first.onset_us)} to ${shortTime(first.offset_us)}`;
    this.#keep(moved.map(({ event }) => event.id));
    return this.#tell(done, done === 1 ? `Now ${times}` : `${events(done)} moved`);
  }

  /** What is still there stays chosen. @param {string[]} ids */
  #keep(ids) {
    const { bench } = this;
    bench.choose(ids.filter((id) => bench.index.get(id)));
  }

  /** @param {Step} step */
  shift(step) {
    const { timed, frames } = this;
    if (timed.length === 0 || frames === null) return this.bench.say("No event is selected.");
    const endOf = (/** @type {Event} */ event) => this.#endOf(event);
    const by_us = "us" in step ? step.us : this.#timeOf(step.frames, timed);
    if (movable(timed, endOf, by_us, frames) !== by_us) return this.bench.say("Not shifted: an event would leave the recording.");
    const moved = "us" in step ? shifted(timed, by_us, frames) : timed.map((event) => this.#byFrames(event, step.frames));
    const real = moved.filter((one) => one.onset_us !== one.event.onset_us || one.offset_us !== one.event.offset_us);
    if (real.length === 0) return this.bench.say("Less than half a frame: nothing moved.");
    this.drop(real);
  }

  /** The longest way that any edge goes in so many frames. @param {number} by @param {Event[]} timed */
  #timeOf(by, timed) {
    const ways = timed.flatMap((event) => {
      const { onset_us, offset_us } = this.#byFrames(event, by);
      return [onset_us - /** @type {number} */ (event.onset_us), offset_us === null ? 0 : offset_us - this.#endOf(event)];
    });
    const edge = timed.some((event) => this.#leaves(event, by));
    return edge ? Math.sign(by) * Infinity : ways.reduce((most, way) => (Math.abs(way) > Math.abs(most) ? way : most), 0);
  }

  /** @param {Event} event @param {number} by */
  #leaves(event, by) {
    const { table } = this.bench;
    const first = table.frameAt(/** @type {number} */ (event.onset_us)) + by;
    const last = event.offset_us === null ? first : this.#frameOf(event.offset_us) + by - 1;
    return first < 0 || last >= table.length || first >= table.length;
  }

  /** An offset at the end of the recording stands after the last frame. @param {number} t_us */
  #frameOf(t_us) {
    const { table } = this.bench;
    return t_us >= table.end_us ? table.length : table.frameAt(t_us);
  }

  /** @param {Event} event @param {number} by @returns {Moved} */
  #byFrames(event, by) {
    const { table } = this.bench;
    const timeOf = (/** @type {number} */ frame) => (frame >= table.length ? table.end_us : table.timeOf(frame));
    const onset_us = timeOf(table.frameAt(/** @type {number} */ (event.onset_us)) + by);
    return { event, onset_us, offset_us: event.offset_us === null ? null : timeOf(this.#frameOf(event.offset_us) + by) };
  }

  remove() {
    const { bench } = this;
    const { session } = bench;
    const group = newId();
    const { chosen } = this;
    let done = 0;
    for (const { id } of chosen) if (session.coding.events.has(id) && session.perform("remove", { event: { id } }, group)) done += 1;
    bench.select(null);
    return this.#tell(done, done === 1 ? "Removed" : `${events(done)} removed`);
  }

  /** Every chosen event of the code's stream and kind. @param {Event[]} chosen @param {import("./marks.js").Meaning} meaning */
  recode(chosen, { stream, code }) {
    const { bench } = this;
    const fit = chosen.filter((event) => event.stream === stream.id && bench.catalogue.codeOf(event)?.kind === code.kind);
    if (fit.length === 0) return bench.say(`${code.name} is in another stream or of another kind: not recoded.`);
    const group = newId();
    let done = 0;
    for (const { id } of fit) {
      const event = bench.session.coding.events.get(id);
      if (event && event.code !== code.id && bench.marks.recode(event, code, group)) done += 1;
    }
    this.#keep(chosen.map(({ id }) => id));
    const rest = chosen.length - fit.length;
    this.#tell(done, `${events(done)} recoded as ${code.name}${rest > 0 ? `, ${rest} of another stream or kind left` : ""}`);
  }

  /** @param {Partial<Event>} fields @param {string} told */
  change(fields, told) {
    const group = newId();
    for (const { id } of this.chosen) {
      const event = this.bench.session.coding.events.get(id);
      if (event) this.bench.marks.change(event, fields, told, group);
    }
  }

  /** What was typed into a cell of the event table. @param {Event} event @param {string} column @param {string} value */
  edit(event, column, value) {
    const { bench } = this;
    if (column === "comment") {
      if (value.trim() !== event.comment) bench.marks.change(event, { comment: value.trim() }, "Comment kept");
      return;
    }
    if (column === "code") {
      const code = bench.streams.find((one) => one.id === event.stream)?.codes.find((one) => one.id === value);
      if (code && code.id !== event.code) bench.marks.recode(event, code);
      return;
    }
    const edge = column === "offset" ? "offset" : "onset";
    const t_us = typedTime(value, bench.table);
    if (t_us === null) return bench.say(`"${value}" is no time of this recording. Type 1:02.5, 62.5 or f1550.`);
    if (t_us === (edge === "onset" ? event.onset_us : event.offset_us)) return;
    const at_us = onFrame(bench.table, t_us, edge === "offset");
    const moved = bench.marks.edgeTo(event, edge, this.#frameOf(at_us));
    if (moved !== null) bench.controls.seekTime(moved);
  }

  copy() {
    const { timed, bench } = this;
    if (timed.length === 0) {
      bench.say("No event is selected.");
      return false;
    }
    const taken = timed.map((event) => ({ ...event, offset_us: event.kind === "state" ? this.#endOf(event) : null, link: null }));
    sessionStorage.setItem(CLIPBOARD, JSON.stringify(taken));
    bench.say(`${events(taken.length)} copied`);
    return true;
  }

  /** At the playhead, where the first of them begins then. */
  paste() {
    const { bench } = this;
    const taken = /** @type {Event[]} */ (JSON.parse(sessionStorage.getItem(CLIPBOARD) ?? "[]"));
    if (taken.length === 0) return bench.say("Nothing was copied.");
    const known = taken.filter((event) => bench.catalogue.codeOf(event)?.kind === event.kind);
    if (known.length === 0) return bench.say("The copied events are of streams that this pass does not have.");
    const { table } = bench;
    const by_us = bench.table.timeOf(bench.controls.player.read()) - /** @type {number} */ (taken[0].onset_us);
    const fit = known.filter((event) => /** @type {number} */ (event.onset_us) + by_us < table.end_us);
    const group = newId();
    const made = [];
    for (const { event, onset_us, offset_us } of shifted(fit, by_us, table)) {
      if (event.kind === "state" && (offset_us === null || offset_us <= onset_us)) continue;
      const one = { ...event, id: newId(), onset_us, offset_us, late_us: 0 };
      if (bench.session.perform("add", { event: one }, group)) made.push(one);
    }
    bench.choose(made.map((one) => this.#found(one)).filter((id) => id !== null));
    const left = taken.length - made.length;
    this.#tell(made.length, `${events(made.length)} pasted${left > 0 ? `, ${left} left out` : ""}`);
  }

  /** Where the new bout joined an earlier one, that one. @param {Event} event @returns {string | null} */
  #found(event) {
    const { bench } = this;
    if (bench.index.get(event.id)) return event.id;
    const stream = bench.streams.find((one) => one.id === event.stream);
    const key = stream && laneKey(stream, event.code);
    return (key && bench.index.boutAt(key, /** @type {number} */ (event.onset_us), (e) => this.#endOf(e))?.id) || null;
  }

  /** Neighbouring bouts of one code become one, the first; one alone takes the next with it. */
  merge() {
    const { bench } = this;
    const bouts = this.chosen.filter((event) => event.kind === "state");
    if (bouts.length === 0) return bench.say("No bout is selected.");
    const group = newId();
    const runs = this.#runs(bouts);
    if (typeof runs === "string") return bench.say(runs);
    let done = 0;
    for (const run of runs) {
      const [first, last] = [run[0], run[run.length - 1]];
      const comment = run.map((event) => event.comment).filter(Boolean).join("; ");
      for (const { id } of run.slice(1)) bench.session.perform("remove", { event: { id } }, group);
      const now = bench.session.coding.events.get(first.id);
      if (now && bench.session.perform("change", { event: { ...now, offset_us: last.offset_us, comment } }, group)) done += run.length;
    }
    this.#keep(runs.map((run) => run[0].id));
    this.#tell(done, `${events(done)} merged into ${runs.length}`);
  }

  /** The bouts by lane, each run of one code and without another bout between; else why not. @param {Event[]} bouts @returns {Event[][] | string} */
  #runs(bouts) {
    const { bench } = this;
    /** @type {Map<string, Event[]>} */
    const byLane = new Map();
    for (const bout of bouts) {
      const stream = bench.streams.find((one) => one.id === bout.stream);
      if (stream) byLane.set(laneKey(stream, bout.code), [...(byLane.get(laneKey(stream, bout.code)) ?? []), bout]);
    }
    const runs = [];
    for (const [key, run] of byLane) {
      const all = bench.index.lane(key).bouts;
      const at = all.indexOf(run[0]);
      const next = all[at + 1];
      if (run.length === 1 && bouts.length > 1) continue;
      if (run.length === 1 && next) run.push(next);
      if (run.some((bout) => bout.code !== run[0].code)) return "Only bouts of one code can be merged.";
      if (run.length < 2) return "There is no bout of this code after it.";
      if (run.some((bout, n) => all[at + n] !== bout)) return "Another bout lies between them: not merged.";
      runs.push(run);
    }
    return runs.length > 0 ? runs : "Select bouts of one code that follow each other.";
  }

  /** The chosen bouts at the playhead, else the only bout there, become two. */
  split() {
    const { bench } = this;
    const frame = bench.controls.player.read();
    const at_us = bench.table.timeOf(frame);
    const holds = (/** @type {Event} */ e) => e.kind === "state" && /** @type {number} */ (e.onset_us) < at_us && at_us < (e.offset_us ?? Infinity);
    const chosen = this.chosen.filter(holds);
    const lanes = bench.frame.timeline.rows.flatMap((row) => row.lanes);
    const here = lanes.map((lane) => bench.index.boutAt(lane.key, at_us, (e) => this.#endOf(e))).filter((e) => e !== null).filter(holds);
    const found = chosen.length > 0 ? chosen : here.length === 1 ? here : [];
    if (found.length === 0) return bench.say(here.length > 1 ? "Select the bout to split: several are at the playhead." : "No bout goes on at the playhead.");
    const closed = found.filter((event) => bench.streams.find((s) => s.id === event.stream)?.exhaustive);
    if (closed.length > 0) return bench.say("This stream is exhaustive: touching bouts of one code are one. Press the key of the code that begins here.");
    const group = newId();
    let done = 0;
    const made = [];
    for (const event of found) {
      const later = { ...event, id: newId(), onset_us: at_us, link: null, late_us: 0 };
      if (!bench.session.perform("change", { event: { ...event, offset_us: at_us } }, group)) continue;
      if (bench.session.perform("add", { event: later }, group)) made.push(later.id);
      done += 1;
    }
    this.#keep(made);
    this.#tell(done, `Split at ${shortTime(at_us)}, frame ${frame}`);
  }

  /** From the start of the first chosen event to the end of the last. @returns {{from_us: number, to_us: number} | null} */
  get extent() {
    const { timed } = this;
    if (timed.length === 0) return null;
    const from_us = Math.min(...timed.map((event) => /** @type {number} */ (event.onset_us)));
    const to_us = Math.max(...timed.map((event) => (event.kind === "state" ? this.#endOf(event) : /** @type {number} */ (event.onset_us))));
    return { from_us, to_us };
  }

  /** How many are chosen and what they take. */
  describe() {
    const { timed, extent } = this;
    return extent ? `${events(timed.length)} selected, ${shortTime(extent.from_us)} to ${shortTime(extent.to_us)}, ${duration(extent.to_us - extent.from_us)}` : "Nothing selected";
  }

  /** One more, or one fewer. @param {Event} event */
  toggle(event) {
    const { bench } = this;
    const others = [...bench.chosen].filter((id) => id !== event.id);
    bench.choose(bench.chosen.has(event.id) ? others : [...others, event.id]);
    bench.say(this.describe());
  }

  /** Everything from the selected event to this one, in the streams of both. @param {Event} event */
  range(event) {
    const { bench } = this;
    const from = bench.event;
    if (!from) return bench.select(event.id);
    const [a, b] = [bench.index.placeOf(from), bench.index.placeOf(event)].sort((x, y) => x - y);
    const streams = new Set([from.stream, event.stream]);
    const between = bench.index.all.slice(a, b + 1).filter((one) => streams.has(one.stream));
    bench.choose([...between.map((one) => one.id).filter((id) => id !== from.id), from.id]);
    bench.say(this.describe());
  }

  /** @param {Event[]} found @param {boolean} add */
  band(found, add) {
    const { bench } = this;
    bench.choose([...new Set([...(add ? bench.chosen : []), ...found.map((event) => event.id)])]);
    bench.say(this.describe());
  }

  /** All of the selected event's code; asked again all of its stream, then of the pass. */
  all() {
    const { bench } = this;
    const { event } = bench;
    const code = event ? bench.index.all.filter((one) => one.stream === event.stream && one.code === event.code) : [];
    const stream = event ? bench.index.all.filter((one) => one.stream === event.stream) : [];
    const wider = [code, stream, bench.index.all].find((set) => set.length > bench.chosen.size) ?? bench.index.all;
    const ids = wider.map((one) => one.id).filter((id) => id !== event?.id);
    bench.choose(event ? [...ids, event.id] : ids);
    bench.say(this.describe());
  }

  /** The event after or before the one chosen last joins the selection. @param {number} by */
  extend(by) {
    const { bench } = this;
    const { event } = bench;
    if (!event) return bench.controls.run(by > 0 ? "nextEvent" : "previousEvent");
    const next = bench.index.all[bench.index.placeOf(event) + by];
    if (!next) return;
    if (bench.chosen.has(next.id)) bench.choose([...bench.chosen].filter((id) => id !== event.id && id !== next.id).concat(next.id));
    else bench.choose([...bench.chosen, next.id]);
    bench.say(this.describe());
  }
}
