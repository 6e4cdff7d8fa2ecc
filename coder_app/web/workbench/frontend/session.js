// One coding, open in this page: its state, its lease, its way to the server. Everything is applied here first.
// @ts-check

import { get, post, tell, ApiError, Unreachable } from "./api.js";
import { Coding, apply } from "./coding.js";
import { newId, now } from "./ids.js";
import { address } from "./protocol.js";
import { backoff } from "./outbox.js";

const RENEW_MS = 10_000;

/**
 * @typedef {import("./protocol.js").Event} Event
 * @typedef {import("./protocol.js").Operation} Operation
 * @typedef {{put: Event[], removed: string[], watched: Map<string, [number, number][]>}} Changes
 * @typedef {{onLoad: (payload: import("./protocol.js").Payload) => void, onChanges: (changes: Changes) => void,
 *   onStatus: () => void, onSay: (text: string) => void}} Hear
 */

export class Session {
  writer = newId();
  revision = 0;
  writable = false;
  /** Why this page is read-only, in words; "" while it isn't. */
  why = "Opening the coding.";
  /** Who holds the lease instead of us, where the server said so. @type {string | null} */
  holder = null;
  /** What the coder should know and do: recovered versions, refusals. @type {string} */
  notice = "";
  /** @type {any} */
  coding = null;
  /** @type {import("./protocol.js").Payload | null} */
  payload = null;
  #offline = false;

  /**
   * @param {{id: string, browser: string, outbox: import("./outbox.js").Outbox, scope: import("./scope.js").Scope, folder: string,
   *   hear: Hear}} parts
   */
  constructor({ id, browser, outbox, scope, folder, hear }) {
    this.id = id;
    this.browser = browser;
    this.outbox = outbox;
    this.scope = scope;
    this.hear = hear;
    outbox.onAnswer = (coding, answer) => coding === id && this.#answered(answer);
    outbox.onTrouble = () => hear.onStatus();
    this.channel = new BroadcastChannel(`coder-lease-${folder}`);
    scope.own(() => this.channel.close());
    scope.on(this.channel, "message", ({ data }) => {
      if (data.coding === id && data.writer !== this.writer && this.writable) {
        this.#lost("this coding is open in another tab of this browser", null);
      }
    });
  }

  get pending() {
    return this.outbox.pending(this.id);
  }

  /** Why the server will not take what waits; "" while it does or is only away. */
  get refusal() {
    const { trouble } = this.outbox;
    return trouble instanceof ApiError && this.pending > 0 ? `${trouble.message} What you coded is kept in this browser.` : "";
  }

  /** One word for the header. @returns {{word: string, tone: "calm" | "busy" | "warn"}} */
  get status() {
    const { pending } = this;
    const { trouble } = this.outbox;
    if (trouble instanceof ApiError && pending > 0) return { word: `refused, ${pending} kept here`, tone: "warn" };
    if (trouble !== null && pending > 0) return { word: `offline, ${pending} kept here`, tone: "warn" };
    if (pending > 0) return { word: `saving ${pending}`, tone: "busy" };
    if (this.#offline) return { word: "offline, 0 kept here", tone: "warn" };
    return this.writable ? { word: "saved", tone: "calm" } : { word: "read-only", tone: "calm" };
  }

  /** Sends what waits in this browser, claims the lease, loads; tries again while the server is away. */
  async open() {
    for (let fails = 1; !this.scope.ended; fails++) {
      try {
        const { rejected } = await this.outbox.flush(this.id);
        await this.outbox.hold(this.id);
        await this.#load();
        if (rejected.length > 0) this.#tellKept(rejected.length);
        this.scope.every(RENEW_MS, () => void this.#renew());
        return;
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        this.why = "The server does not answer. This page opens as soon as it does.";
        this.#setOffline(true);
        await this.scope.wait(backoff(fails));
      }
    }
  }

  /** @param {boolean} [takeOver] */
  async #load(takeOver = false) {
    await this.#claim(takeOver);
    const held = this.writable;
    const payload = await get(address("coding", this.id));
    this.payload = payload;
    this.revision = payload.revision;
    this.coding = Coding.restore(payload.scheme, payload.events, payload.watched, payload.own, payload.done, payload.undone);
    this.writable = held && payload.writable;
    if (!payload.writable) this.why = payload.why_not || "This coding is read-only for you.";
    this.#setOffline(false);
    this.hear.onLoad(payload);
    this.hear.onStatus();
  }

  /** @param {boolean} takeOver */
  async #claim(takeOver) {
    try {
      await post(address("lease", this.id), { writer: this.writer, browser: this.browser, take_over: takeOver });
      this.writable = true;
      this.holder = null;
      this.why = "";
      this.channel.postMessage({ coding: this.id, writer: this.writer });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.writable = false;
      this.holder = error.code === "lease_held" ? String(error.detail.holder || "another page") : null;
      this.why = error.message;
    }
  }

  /** The page goes: another one may write at once. */
  release() {
    if (this.writable) tell(address("release", this.id), { writer: this.writer });
  }

  async #renew() {
    if (!this.writable) return;
    try {
      await post(address("lease", this.id), { writer: this.writer, browser: this.browser, take_over: false });
      this.#setOffline(false);
    } catch (error) {
      if (error instanceof ApiError) this.#lost(error.message, String(error.detail.holder || "") || null);
      else this.#setOffline(true);
    }
  }

  /** @param {boolean} offline */
  #setOffline(offline) {
    const changed = offline !== this.#offline;
    this.#offline = offline;
    if (changed) this.hear.onStatus();
  }

  /** @param {string} why @param {string | null} holder */
  #lost(why, holder) {
    this.writable = false;
    this.holder = holder ?? "another page";
    this.why = `Read-only now: ${why}`;
    this.hear.onStatus();
    this.hear.onSay(this.why);
  }

  /** The other page is told and becomes read-only; this one loads what it left. */
  async takeOver() {
    try {
      await this.#load(true);
      if (this.writable) this.hear.onSay("You have taken over. The other page is read-only now.");
    } catch (error) {
      this.tell(/** @type {Error} */ (error).message);
    }
  }

  /** @param {string} text */
  tell(text) {
    this.notice = text;
    this.hear.onStatus();
    if (text) this.hear.onSay(text);
  }

  /** @param {import("./outbox.js").Answer} answer */
  #answered(answer) {
    this.revision = answer.revision;
    this.#offline = false;
    if (answer.rejected.length > 0) void this.#refused(answer.rejected);
    this.hear.onStatus();
  }

  /** The server kept them aside: what is drawn here is no longer what is there, so it is loaded again.
   *  @param {import("./outbox.js").Rejection[]} rejected */
  async #refused(rejected) {
    this.writable = false;
    this.why = "Loading what is on the server.";
    this.#tellKept(rejected.length);
    while (this.pending > 0 && !this.scope.ended) await this.scope.wait(100);
    this.writer = newId();
    for (let fails = 1; !this.scope.ended; fails++) {
      try {
        return await this.#load();
      } catch (error) {
        if (!(error instanceof Unreachable)) return this.tell(/** @type {Error} */ (error).message);
        await this.scope.wait(backoff(fails));
      }
    }
  }

  /** @param {number} count */
  #tellKept(count) {
    const entries = count === 1 ? "1 entry of yours is" : `${count} entries of yours are`;
    this.tell(`${entries} kept in a recovered version: someone else had changed this coding. Compare it on the Studies page.`);
  }

  /**
   * Applies, shows, keeps and sends one operation. Returns what changed, or null when it is not lawful or not allowed.
   * @param {string} kind @param {object} fields @param {string | null} [group] @returns {Changes | null}
   */
  perform(kind, fields, group = null) {
    if (!this.writable || this.coding === null) {
      this.hear.onSay(this.why || "This coding is read-only.");
      return null;
    }
    const operation = /** @type {Operation} */ ({ id: newId(), kind, made_at: now(), group, ...fields });
    let changes;
    try {
      changes = apply(this.coding, operation);
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error)) throw error;
      this.hear.onSay(error.message);
      return null;
    }
    this.coding.take(changes);
    this.outbox.add({ coding: this.id, writer: this.writer, made_on: this.revision, operation });
    this.hear.onChanges(changes);
    this.hear.onStatus();
    return changes;
  }

  undo() {
    const newest = this.coding?.done.at(-1);
    if (!newest) this.hear.onSay("Nothing to undo.");
    return newest ? this.perform("undo", { undoes: newest.op }) : null;
  }

  /** Redo names the operation that the last undo named. */
  redo() {
    const newest = this.coding?.undone.at(-1);
    if (!newest) this.hear.onSay("Nothing to redo.");
    return newest ? this.perform("redo", { undoes: newest.op }) : null;
  }

  /** Until the server has all of it. Raises what keeps it from there. */
  async settled() {
    while (this.pending > 0) {
      if (this.outbox.trouble) throw this.outbox.trouble;
      await this.scope.wait(30);
    }
  }

  /** What stands against submitting, the blocking findings first. @returns {Promise<import("./checks.js").Finding[]>} */
  async findings() {
    await this.settled();
    return (await get(address("findings", this.id))).findings;
  }

  /** Freezes the coding. Raises ApiError where findings stand against it. @param {string} reason */
  async submit(reason) {
    await this.settled();
    await post(address("submit", this.id), { writer: this.writer, revision: this.revision, reason });
    await this.#load();
  }

  /** @param {string} reason */
  async reopen(reason) {
    await post(address("reopen", this.id), { reason });
    await this.#load();
  }

  /** Remembers the pass last worked in; nothing depends on it. @param {string} pass */
  async choosePass(pass) {
    await post(address("pass", this.id), { pass }).catch(() => undefined);
  }
}
