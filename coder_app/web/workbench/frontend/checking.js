// The checks while coding: kept current a moment after the keys, listed beside the events, and gone to one after the other.
// @ts-check

import { Checks } from "./checks.js";

const FIRST_MS = 900;
const CALM_MS = 600;
const LONGEST_MS = 4_000;

/** @typedef {import("./checks.js").Finding} Finding */

export class Checking {
  /** @type {Checks | null} */
  #checks = null;
  /** Stops the timer, while one runs. @type {(() => void) | null} */
  #stop = null;
  /** When the list is drawn at the latest. */
  #latest = 0;
  /** Where the coder was led last, in the list of all stops. */
  #at = -1;
  /** @type {Finding | null} */
  #last = null;

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  /** The coding is here, or here anew: it is looked at once the page is there. */
  load() {
    this.#checks = null;
    this.#last = null;
    this.#at = -1;
    this.#soon(FIRST_MS);
  }

  /** @param {import("./session.js").Changes} changes */
  changed(changes) {
    this.#checks?.update(changes);
    this.#soon(CALM_MS);
  }

  /** @param {any[]} episodes */
  setEpisodes(episodes) {
    this.#checks?.setEpisodes(episodes);
    this.#soon(CALM_MS);
  }

  /** What is to be looked at now, as `arranged`. @returns {Finding[]} */
  list() {
    const { session, player } = this.bench;
    const { payload, coding } = session;
    if (payload === null || player === null) return [];
    this.#checks ??= new Checks(coding, payload.observation.end_us || player.table.end_us, payload.observation.episodes);
    return this.arranged(this.#checks.list());
  }

  /** Findings of this pass first, a stretch of time each. @param {Finding[]} findings of this page or of the server @returns {Finding[]} */
  arranged(findings) {
    const { pass } = this.bench;
    const each = findings.flatMap((f) => {
      return f.parts.length < 2 ? [f] : f.parts.map(([from_us, to_us]) => ({ ...f, from_us, to_us, parts: [/** @type {[number, number]} */ ([from_us, to_us])] }));
    });
    const here = (/** @type {Finding} */ f) => pass.streams.includes(f.stream);
    return [...each.filter(here), ...each.filter((f) => !here(f))];
  }

  /** Once no key has come for a moment, so that listing many events does not meet the next one. @param {number} ms */
  #soon(ms) {
    const now = performance.now();
    if (this.#stop === null) this.#latest = now + LONGEST_MS;
    this.#stop?.();
    this.#stop = this.bench.scope.after(Math.min(ms, Math.max(0, this.#latest - now)), () => {
      this.#stop = null;
      this.show();
    });
  }

  show() {
    const { pass, frame } = this.bench;
    const list = this.list();
    frame.checks.update(list, list.filter((f) => pass.streams.includes(f.stream)).length, this.#last);
  }

  /** To the next of them, or the one before. @param {number} by */
  go(by) {
    const list = this.list();
    if (list.length === 0) return this.bench.say("Nothing to check.");
    const at = this.#last ? list.findIndex((f) => same(f, this.#last)) : -1;
    const next = at >= 0 ? at + by : this.#last && by > 0 ? this.#at : this.#at + by;
    this.goTo(list[((next % list.length) + list.length) % list.length]);
  }

  /** @param {Finding} finding */
  goTo(finding) {
    const { bench } = this;
    bench.submitting.goTo(finding);
    this.#last = finding;
    const list = this.list();
    this.#at = list.findIndex((f) => same(f, finding));
    bench.frame.side.choose("checks");
    this.show();
  }
}

/** @param {Finding} a @param {Finding | null} b */
function same(a, b) {
  return b !== null && a.rule === b.rule && a.stream === b.stream && a.event === b.event && a.code === b.code && a.from_us === b.from_us;
}
