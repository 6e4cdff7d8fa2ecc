// Sends what was coded, in order, until the server has it on disk. Knows no video and no page: any page can send with it.
// @ts-check

import { address } from "./protocol.js";
import { OutboxStore } from "./outbox-store.js";

const BATCH = 200;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 3_000;
const LOCK_PATIENCE_MS = 5_000;

/**
 * @typedef {import("./outbox-store.js").Kept} Kept
 * @typedef {import("./outbox-store.js").Stored} Stored
 * @typedef {{id: string, code: string, message: string}} Rejection
 * @typedef {{revision: number, accepted: string[], rejected: Rejection[]}} Answer
 * @typedef {{kept: Kept, stored: Promise<number | null>}} Waiting
 * @typedef {(answer: Answer) => void} Settled
 * @typedef {{all(coding?: string): Promise<Stored[]>, put(kept: Kept): Promise<number>, drop(numbers: number[]): Promise<void>}} Store
 */

/** Time to wait before try number `fails` + 1. @param {number} fails @returns {number} */
export function backoff(fails) {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, fails - 1), LONGEST_WAIT_MS);
}

/** The longest beginning made by one writer. @template {Kept} K @param {K[]} kept @returns {K[]} */
export function sameWriter(kept) {
  const end = kept.findIndex((k) => k.writer !== kept[0].writer);
  return kept.slice(0, Math.min(end < 0 ? kept.length : end, BATCH));
}

export class Outbox {
  /** @type {Map<string, Waiting[]>} */
  #lanes = new Map();
  /** @type {Set<string>} */
  #sending = new Set();
  /** @type {(() => void)[]} */
  #sleepers = [];
  /** Codings whose lock this page keeps, and what gives it back. @type {Map<string, () => void>} */
  #held = new Map();
  /** Held codings another page asked for. @type {Set<string>} */
  #wanted = new Set();
  #closed = false;
  /** Why the last try failed; null while all is well. @type {Error | null} */
  trouble = null;
  /** Told of every answer. @type {(coding: string, answer: Answer) => void} */
  onAnswer = () => {};
  /** Told when trouble begins or ends. @type {() => void} */
  onTrouble = () => {};

  /**
   * @param {{folder: string, post: (path: string, body: object) => Promise<any>, wait: (ms: number) => Promise<void>,
   *   store: Store | null, locks?: LockManager | undefined, channel?: {postMessage: (message: any) => void} | undefined}} parts
   */
  constructor({ folder, post, wait, store, locks, channel }) {
    this.folder = folder;
    this.post = post;
    this.wait = wait;
    this.store = store;
    this.locks = locks;
    this.channel = channel;
  }

  /** With this browser's IndexedDB where it allows one. @param {{folder: string, post: any, scope: import("./scope.js").Scope}} parts */
  static async open({ folder, post, scope }) {
    const store = await OutboxStore.open(folder, indexedDB).catch(() => null);
    const channel = new BroadcastChannel(`coder-outbox-${folder}`);
    const outbox = new Outbox({ folder, post, wait: (ms) => scope.wait(ms), store, locks: navigator.locks, channel });
    scope.on(channel, "message", ({ data }) => outbox.give(data.want));
    scope.own(() => channel.close());
    scope.on(window, "online", () => outbox.wake());
    scope.own(() => outbox.close());
    return outbox;
  }

  /** @param {string} coding @returns {number} operations of this page not yet acknowledged */
  pending(coding) {
    return this.#lanes.get(coding)?.length ?? 0;
  }

  /** Sends and keeps at the same moment: neither waits for the other. @param {Kept} kept */
  add(kept) {
    const waiting = /** @type {Waiting} */ ({ kept, stored: Promise.resolve(null) });
    const lane = this.#lanes.get(kept.coding);
    if (lane) lane.push(waiting);
    else this.#lanes.set(kept.coding, [waiting]);
    void this.#drain(kept.coding);
    if (this.store !== null) waiting.stored = this.store.put(kept).catch(() => null);
  }

  /** Try again now. */
  wake() {
    for (const wake of this.#sleepers.splice(0)) wake();
  }

  close() {
    this.#closed = true;
    this.wake();
    for (const release of this.#held.values()) release();
  }

  /** @param {string} coding */
  #lockOf(coding) {
    return `coder-outbox-${this.folder}-${coding}`;
  }

  /** Under the coding's lock; at once where this page keeps it. @param {string} coding @param {() => Promise<any>} run @param {LockOptions} [options] */
  #locked(coding, run, options = {}) {
    return this.locks && !this.#held.has(coding) ? this.locks.request(this.#lockOf(coding), options, run) : run();
  }

  /** Keeps the coding's lock until another page wants it, so that a key need not ask for it. @param {string} coding @returns {Promise<void>} */
  hold(coding) {
    const { locks } = this;
    if (!locks || this.#held.has(coding)) return Promise.resolve();
    return new Promise((ready) => {
      void locks.request(this.#lockOf(coding), { ifAvailable: true }, (lock) => {
        ready();
        return lock === null ? undefined : new Promise((release) => this.#held.set(coding, () => release(undefined)));
      });
    });
  }

  /** Gives a lock back as soon as nothing waits. @param {string} coding */
  give(coding) {
    this.#wanted.add(coding);
    if (this.pending(coding) > 0 || this.#sending.has(coding)) return;
    this.#wanted.delete(coding);
    this.#held.get(coding)?.();
    this.#held.delete(coding);
  }

  /** @param {string} coding */
  async #drain(coding) {
    if (this.#sending.has(coding)) return;
    this.#sending.add(coding);
    const lane = /** @type {Waiting[]} */ (this.#lanes.get(coding));
    for (let fails = 0; lane.length > 0 && !this.#closed; ) {
      try {
        await this.#locked(coding, () => this.#sendLane(coding, lane));
        fails = 0;
        this.#trouble(null);
      } catch (error) {
        fails += 1;
        this.#trouble(/** @type {Error} */ (error));
        await Promise.race([this.wait(backoff(fails)), new Promise((wake) => this.#sleepers.push(() => wake(null)))]);
      }
    }
    this.#sending.delete(coding);
    if (this.#wanted.has(coding)) this.give(coding);
  }

  /** @param {string} coding @param {Waiting[]} lane */
  async #sendLane(coding, lane) {
    const batch = sameWriter(lane.map((w) => w.kept));
    const answer = await this.#send(coding, batch);
    const settled = new Set([...answer.accepted, ...answer.rejected.map((r) => r.id)]);
    const gone = lane.filter((w) => settled.has(w.kept.operation.id));
    if (gone.length === 0) throw new Error("The server named none of the operations it was sent.");
    lane.splice(0, lane.length, ...lane.filter((w) => !settled.has(w.kept.operation.id)));
    void this.#forget(gone);
    this.onAnswer(coding, answer);
  }

  /** @param {Waiting[]} gone */
  async #forget(gone) {
    const numbers = await Promise.all(gone.map((w) => w.stored));
    await this.store?.drop(numbers.filter((n) => n !== null)).catch(() => undefined);
  }

  /** @param {string} coding @param {Kept[]} batch @returns {Promise<Answer>} */
  #send(coding, batch) {
    const [{ writer, made_on }] = batch;
    return this.post(address("operations", coding), { writer, after: made_on, operations: batch.map((k) => k.operation) });
  }

  /** @param {Error | null} error */
  #trouble(error) {
    const changed = (this.trouble === null) !== (error === null) || this.trouble?.message !== error?.message;
    this.trouble = error;
    if (changed) this.onTrouble();
  }

  /**
   * Sends what earlier pages left behind of one coding, oldest first, each writer's apart. A page that is alive and has the coding
   * open gives its lock up once its own is sent; if it cannot, it goes on sending by itself and this returns without.
   * Raises what `post` raises; what was sent until then is gone from the store.
   * @param {string} coding @returns {Promise<{sent: number, rejected: Rejection[]}>}
   */
  async flush(coding) {
    const done = { sent: 0, rejected: /** @type {Rejection[]} */ ([]) };
    if (this.store === null) return done;
    const store = this.store;
    this.channel?.postMessage({ want: coding });
    const send = async () => {
      for (;;) {
        const stored = await store.all(coding);
        if (stored.length === 0) return;
        const batch = sameWriter(stored);
        const answer = await this.#send(coding, batch.map(({ n: _n, ...kept }) => kept));
        const settled = new Set([...answer.accepted, ...answer.rejected.map((r) => r.id)]);
        const gone = batch.filter((k) => settled.has(k.operation.id));
        if (gone.length === 0) throw new Error("The server named none of the operations it was sent.");
        await store.drop(gone.map((k) => k.n));
        done.sent += gone.length;
        done.rejected.push(...answer.rejected);
      }
    };
    await this.#locked(coding, send, { signal: AbortSignal.timeout(LOCK_PATIENCE_MS) }).catch((/** @type {Error} */ error) => {
      if (error.name !== "TimeoutError") throw error;
    });
    return done;
  }

  /** Codings of which something waits in this browser. @returns {Promise<string[]>} */
  async codings() {
    return this.store === null ? [] : [...new Set((await this.store.all()).map((k) => k.coding))];
  }
}

/**
 * For pages without a workbench: sends everything that waits, and tries again until nothing does or the server refuses
 * all that is left (its errors have a `status`), which then stays kept.
 * @param {{folder: string, post: any, scope: import("./scope.js").Scope, onWaiting?: (count: number) => void}} parts
 */
export async function sendWaiting({ folder, post, scope, onWaiting = () => {} }) {
  const outbox = await Outbox.open({ folder, post, scope });
  for (let fails = 0; !scope.ended; ) {
    const waiting = (await outbox.store?.all()) ?? [];
    onWaiting(waiting.length);
    if (waiting.length === 0) return;
    const codings = [...new Set(waiting.map((k) => k.coding))];
    const results = await Promise.allSettled(codings.map((coding) => outbox.flush(coding)));
    const failed = results.filter((r) => r.status === "rejected");
    if (failed.length === codings.length && failed.every((r) => "status" in r.reason)) return;
    fails = failed.length > 0 ? fails + 1 : 0;
    if (fails > 0) await scope.wait(backoff(fails));
  }
}

/** `sendWaiting` for the life of a page: the door for pages without a workbench. @param {string} folder id of the data folder */
export async function sendAll(folder) {
  const [{ post }, { Scope }] = await Promise.all([import("./api.js"), import("./scope.js")]);
  await sendWaiting({ folder, post, scope: new Scope() });
}
