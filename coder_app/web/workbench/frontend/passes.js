// How far each pass is, kept current while it is coded: listed beside the events, told by a key, and one press leads to the pass.
// @ts-check

import { percent, progressOf, timedOf, watchedUs } from "./progress.js";
import { speedLabel } from "./time-label.js";

const CALM_MS = 600;

/** @typedef {import("./progress.js").Progress} Progress */

export class Passes {
  /** Microseconds of the recording by pass and per cent of its speed. @type {Map<string, Map<number, number>>} */
  #played = new Map();
  /** It will be shown soon. */
  #soon = false;

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  /** The coding is here, or here anew. @param {import("./protocol.js").Payload} payload */
  load(payload) {
    this.#played.clear();
    for (const [pass, percent, us] of payload.played) this.#add(pass, percent, us);
    this.changed();
  }

  /** @param {string} pass @param {number} percent @param {number} us */
  #add(pass, percent, us) {
    const speeds = this.#played.get(pass) ?? new Map();
    this.#played.set(pass, speeds.set(percent, (speeds.get(percent) ?? 0) + us));
  }

  /** A stretch was played in a pass, as the server has been told. @param {string} pass @param {number} speed @param {import("./watched.js").Stretch} stretch */
  played(pass, speed, { from_us, to_us }) {
    this.#add(pass, Math.max(1, Math.round(speed * 100)), to_us - from_us);
    this.changed();
  }

  /** Events, spans or the pass have changed: that is shown a moment later, however many changes come till then. */
  changed() {
    if (this.#soon) return;
    this.#soon = true;
    this.bench.scope.after(CALM_MS, () => {
      this.#soon = false;
      this.show();
    });
  }

  get #end_us() {
    const { session, player } = this.bench;
    return session.payload?.observation.end_us || player?.table.end_us || 0;
  }

  /** @returns {Progress[]} a row a pass, in order */
  list() {
    const { coding } = this.bench.session;
    return coding.scheme.passes.map((/** @type {import("./protocol.js").Pass} */ pass) => this.#of(pass));
  }

  /** @param {import("./protocol.js").Pass} pass */
  #of(pass) {
    const { session, counts } = this.bench;
    const streams = session.coding.scheme.streams.filter((/** @type {{id: string}} */ s) => pass.streams.includes(s.id));
    const events = streams.flatMap((/** @type {import("./protocol.js").Stream} */ s) => s.codes.map((c) => counts.of(`${s.id}.${c.id}`, () => 0).count));
    const played = [...(this.#played.get(pass.id) ?? [])].map(([percent, us]) => /** @type {import("./progress.js").Played} */ ([pass.id, percent, us]));
    return progressOf(session.coding, pass, this.#end_us, played, events.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0));
  }

  /** The tab always says how much of this pass was watched; the list is made only where it is seen. */
  show() {
    const { session, pass, player, frame } = this.bench;
    if (session.coding === null || player === null) return;
    const timed = timedOf(session.coding.scheme, pass);
    frame.side.count("passes", timed.length > 0 ? percent(watchedUs(session.coding.watched, timed, this.#end_us), this.#end_us) : "");
    if (frame.side.chosen === "passes") frame.passes.update(this.list(), pass.id);
  }

  /** Shows all passes and says how far this one is. */
  tell() {
    const { bench } = this;
    bench.frame.side.choose("passes");
    this.show();
    bench.say(`Pass ${bench.pass.name}: ${words(this.#of(bench.pass)).join(", ")}`);
  }
}

/** What is to be said of a pass. @param {Progress} progress @returns {string[]} */
export function words({ watched_us, coded_us, end_us, events, speed, speeds }) {
  const ratings = watched_us === null || coded_us === null;
  const count = `${events} ${ratings ? "rating" : "event"}${events === 1 ? "" : "s"}`;
  if (ratings) return [count];
  return [`${percent(watched_us, end_us)} watched`, `${percent(coded_us, end_us)} coded`, count, speedWords(speed, speeds)];
}

/** @param {number | null} speed @param {[number, number][]} speeds */
function speedWords(speed, speeds) {
  if (speed === null) return "not played, or frame by frame";
  const [first, last] = [speeds[0][0], speeds[speeds.length - 1][0]].map((percent) => speedLabel(percent / 100));
  return speeds.length === 1 ? `played at ${first}` : `played at ${speedLabel(speed)} on average, ${first} to ${last}`;
}
