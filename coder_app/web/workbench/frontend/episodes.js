// The episodes of the observation on this page: shown in every coding, changed here, kept by the server at once or not at all. They are no
// operations of the coding: no outbox holds them, and they have an undo of their own.
// @ts-check

import { Unreachable, get, post } from "./api.js";
import { episodeAt } from "./episode-rules.js";
import { address } from "./protocol.js";

/** @typedef {import("./protocol.js").Episode} Episode */

export class Episodes {
  /** As the server has them, with the changes on their way. @type {Episode[]} */
  list = [];
  /** What is being drawn or moved, not kept yet. @type {Episode[] | null} */
  #draft = null;
  /** @type {string | null} */
  selected = null;
  /** Why they cannot be changed here, in words; null while they can. @type {string | null} */
  fixed = "The coding is being opened.";
  /** As the server has them. @type {Episode[]} */
  #kept = [];
  /** @type {{before: Episode[], after: Episode[]}[]} */
  #done = [];
  /** Changes are sent one after the other. @type {Promise<unknown>} */
  #sending = Promise.resolve();
  #waiting = 0;
  #refusals = 0;
  /** How often the server has said how they are; an answer to what was asked before that is old. */
  #news = 0;

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    bench.scope.on(document, "visibilitychange", () => document.hidden || void this.refresh());
  }

  /** The coding is here, or here anew. */
  load() {
    const { observation } = this.#payload;
    this.fixed = observation.episodes_fixed;
    this.#take(observation.episodes);
  }

  get #payload() {
    return /** @type {import("./protocol.js").Payload} */ (this.bench.session.payload);
  }

  get #address() {
    return `${address("episodes", this.#payload.observation.id)}?${new URLSearchParams({ coding: this.bench.id })}`;
  }

  /** The selected one, else the one at the playhead. @returns {Episode | null} */
  get one() {
    return this.list.find((one) => one.id === this.selected) ?? this.at(this.bench.player?.time_us ?? -1);
  }

  /** @param {number} t_us */
  at(t_us) {
    return episodeAt(this.list, t_us);
  }

  /** @param {string} id @returns {string} */
  nameOf(id) {
    return this.list.find((one) => one.id === id)?.name ?? "an episode that is no more";
  }

  /** @param {string | null} id */
  select(id) {
    if (id === this.selected) return;
    this.selected = id;
    this.bench.showEpisodes();
  }

  /** As the timeline shows them. */
  get shown() {
    return this.#draft ?? this.list;
  }

  /** Shows what is being made of them; null shows them as they are. @param {Episode[] | null} list @param {string | null} [selected] */
  preview(list, selected = this.selected) {
    this.#draft = list;
    this.selected = selected;
    this.bench.showEpisodes();
  }

  /**
   * Shows them as they should become and has the server keep them. Returns "", or why they are not kept: then they are shown as before.
   * @param {Episode[]} list by onset @param {string} told @param {string | null} [selected] @returns {Promise<string>}
   */
  async keep(list, told, selected = this.selected) {
    const step = { before: this.list, after: list };
    this.#done.push(step);
    const wrong = await this.#change(list, told, selected);
    if (wrong !== "") this.#done = this.#done.filter((one) => one !== step);
    return wrong;
  }

  /** The last change made on this page is taken back, also while it is on its way. */
  async takeBack() {
    const last = this.#done.pop();
    if (!last) return this.bench.say("No change of the episodes to take back.");
    if (JSON.stringify(last.after) !== JSON.stringify(this.list)) {
      this.#done = [];
      return this.bench.say("The episodes were changed elsewhere since: nothing to take back.");
    }
    const wrong = await this.#change(last.before, "The change of the episodes is taken back", null);
    if (wrong !== "") this.#done.push(last);
  }

  /** @param {Episode[]} list @param {string} told @param {string | null} selected */
  async #change(list, told, selected) {
    if (this.fixed !== null) {
      this.preview(null);
      this.bench.say(this.fixed);
      return this.fixed;
    }
    this.list = list;
    this.preview(null, selected);
    this.#waiting += 1;
    const asked = this.#refusals;
    const sent = this.#sending.then(() => (asked === this.#refusals ? this.#send(list) : "The change before this one was not kept."));
    this.#sending = sent;
    const wrong = await sent;
    this.#waiting -= 1;
    this.bench.say(wrong || told);
    return wrong;
  }

  /** @param {Episode[]} list @returns {Promise<string>} */
  async #send(list) {
    try {
      const kept = (await post(this.#address, { episodes: list, before: this.#kept })).episodes;
      if (this.#waiting > 1) this.#kept = kept;
      else this.#take(kept);
      return "";
    } catch (error) {
      this.#refusals += 1;
      const { code, message } = /** @type {any} */ (error);
      this.#take(code === "stale" ? await get(this.#address).then((found) => found.episodes, () => this.#kept) : this.#kept);
      return error instanceof Unreachable ? "The server does not answer: the episodes are as before. Change them when it does." : message;
    }
  }

  /** @param {Episode[]} list as the server has them */
  #take(list) {
    this.#news += 1;
    this.#kept = this.list = list;
    if (!list.some((one) => one.id === this.selected)) this.selected = null;
    this.#payload.observation.episodes = list;
    this.bench.showEpisodes();
    this.bench.checking.setEpisodes(list);
  }

  /** As the server has them now. Returns the names that the study uses. @returns {Promise<string[]>} */
  async refresh() {
    if (this.bench.session.payload === null || this.#payload.state === "submitted") return [];
    const asked = this.#news;
    try {
      const found = await get(this.#address);
      if (this.#waiting === 0 && asked === this.#news && JSON.stringify(found.episodes) !== JSON.stringify(this.#kept)) this.#take(found.episodes);
      return found.names;
    } catch {
      return []; // they are shown as they were, and no name is proposed
    }
  }

  /** A stream of this submitted coding gives the episodes of the observation. Returns how many, or why not. @param {string} stream @returns {Promise<number | string>} */
  async adopt(stream) {
    try {
      return (await post(address("adoptEpisodes", this.bench.id), { stream })).episodes.length;
    } catch (error) {
      return /** @type {Error} */ (error).message;
    }
  }
}
