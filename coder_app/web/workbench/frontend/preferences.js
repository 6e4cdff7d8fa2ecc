// What the person at the screen has chosen for themselves: keys, volumes, panels. Kept on the server for the person and in this
// browser, so that it is there at once and while the server is down. `preferences` is the one store of the page.
// @ts-check

import { ApiError, Unreachable, get, post } from "./api.js";
import { address } from "./protocol.js";

const SEND_MS = 300;
const AGAIN_MS = 5_000;

/**
 * @typedef {{values: Record<string, any>, unsent: Record<string, any>}} Own of one person; in `unsent`, null forgets
 * @typedef {{person: string, people: Record<string, Own>}} Kept in this browser; `person` was here last
 * @typedef {{getItem: (key: string) => string | null, setItem: (key: string, value: string) => void}} Storage_
 * @typedef {{folder: string, coding?: string, scope: import("./scope.js").Scope, storage?: Storage_ | null,
 *   ask?: (path: string) => Promise<any>, send?: (path: string, body: object) => Promise<any>, say?: (text: string) => void}} Opening
 */

export class Preferences {
  /** @type {Kept} */
  #kept = { person: "", people: {} };
  /** @type {Set<(name: string) => void>} */
  #hearing = new Set();
  /** @type {Opening | null} */
  #open = null;
  #waiting = false;

  /** @returns {Own} */
  get #own() {
    return (this.#kept.people[this.#kept.person] ??= { values: {}, unsent: {} });
  }

  /** @template T @param {string} name @param {T} otherwise @returns {T} a copy */
  get(name, otherwise) {
    const { values } = this.#own;
    return Object.hasOwn(values, name) ? structuredClone(values[name]) : otherwise;
  }

  /** At once here, soon on the server. Null forgets. @param {string} name @param {any} value */
  set(name, value) {
    const plain = value === undefined ? null : structuredClone(value);
    const { values, unsent } = this.#own;
    if (plain === null) delete values[name];
    else values[name] = plain;
    unsent[name] = plain;
    this.#keep();
    this.#sendIn(SEND_MS);
    this.#tell([name]);
  }

  /** @param {(name: string) => void} hear told the name of what has changed, here or elsewhere @returns {() => void} stops it */
  on(hear) {
    this.#hearing.add(hear);
    return () => void this.#hearing.delete(hear);
  }

  /** What this browser knows is there when this returns; the server's answer comes later. @param {Opening} opening */
  open(opening) {
    const { scope } = opening;
    this.#open = opening;
    this.#waiting = false;
    this.#read();
    scope.own(() => this.#open === opening && (this.#open = null));
    if (typeof window !== "undefined") {
      scope.on(window, "storage", (event) => event.key === this.#key && this.#read());
    }
    void this.#load();
  }

  get #key() {
    return `coder-preferences-${this.#open?.folder ?? ""}`;
  }

  get #path() {
    const coding = this.#open?.coding;
    return coding ? `${address("preferences")}?${new URLSearchParams({ coding })}` : address("preferences");
  }

  get #storage() {
    if (this.#open?.storage !== undefined) return this.#open.storage;
    try {
      return localStorage;
    } catch {
      return null;
    }
  }

  /** What is kept in this browser becomes what holds. */
  #read() {
    let found = null;
    try {
      found = JSON.parse(this.#storage?.getItem(this.#key) ?? "null");
    } catch {
      // Unreadable: the server has it.
    }
    const before = this.#own.values;
    this.#kept = isKept(found) ? found : { person: "", people: {} };
    this.#tell(changed(before, this.#own.values));
  }

  #keep() {
    if (this.#open === null) return;
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(this.#kept));
    } catch {
      // No room in this browser: the server has it.
    }
  }

  /** Asks the server what holds; what waits here goes there first. */
  async #load() {
    const opening = this.#open;
    if (opening === null) return;
    try {
      const { person, values } = await (opening.ask ?? get)(this.#path);
      if (opening !== this.#open) return;
      this.#know(person, values);
      if (Object.keys(this.#own.unsent).length > 0) this.#sendIn(0);
    } catch (error) {
      if (error instanceof Unreachable) opening.scope.after(AGAIN_MS, () => void this.#load());
    }
  }

  /** @param {string} person @param {Record<string, any>} values as on the server */
  #know(person, values) {
    const before = this.#own.values;
    const nameless = this.#kept.person === "" ? this.#own.unsent : {};
    delete this.#kept.people[""];
    this.#kept.person = person;
    const own = this.#own;
    own.unsent = { ...own.unsent, ...nameless };
    own.values = without({ ...values, ...own.unsent });
    this.#keep();
    this.#tell(changed(before, own.values));
  }

  /** @param {number} ms */
  #sendIn(ms) {
    if (this.#waiting || this.#open === null) return;
    this.#waiting = true;
    this.#open.scope.after(ms, () => void this.#send());
  }

  async #send() {
    const opening = this.#open;
    this.#waiting = false;
    const { person } = this.#kept;
    const sent = { ...this.#own.unsent };
    if (opening === null || person === "" || Object.keys(sent).length === 0) return;
    try {
      await (opening.send ?? post)(this.#path, { person, values: sent });
      this.#sent(person, sent);
    } catch (error) {
      if (error instanceof Unreachable) {
        this.#sendIn(AGAIN_MS);
        return;
      }
      if (!(error instanceof ApiError)) throw error;
      if (error.code !== "other_person") this.#sent(person, sent);
      opening.say?.(`Not kept on the server: ${error.message}`);
    }
  }

  /** What was sent no longer waits, unless it has changed since. @param {string} person @param {Record<string, any>} sent */
  #sent(person, sent) {
    const own = this.#kept.people[person];
    if (!own) return;
    for (const [name, value] of Object.entries(sent)) if (same(own.unsent[name], value)) delete own.unsent[name];
    this.#keep();
    if (Object.keys(own.unsent).length > 0) this.#sendIn(SEND_MS);
  }

  /** @param {string[]} names */
  #tell(names) {
    for (const name of names) for (const hear of this.#hearing) hear(name);
  }
}

/** @param {any} found @returns {found is Kept} */
function isKept(found) {
  const isOwn = (/** @type {any} */ own) => own && typeof own.values === "object" && typeof own.unsent === "object" && own.values && own.unsent;
  return found !== null && typeof found === "object" && typeof found.person === "string" && found.people !== null
    && typeof found.people === "object" && Object.values(found.people).every(isOwn);
}

/** @param {Record<string, any>} values */
function without(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** @param {any} one @param {any} other */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** @param {Record<string, any>} before @param {Record<string, any>} after @returns {string[]} names whose value differs */
function changed(before, after) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !same(before[name], after[name]));
}

export const preferences = new Preferences();
