// What has not been acknowledged, kept in this browser. One IndexedDB database per data folder, in the order it was made.
// @ts-check

const STORE = "operations";
const BY_CODING = "coding";

/**
 * @typedef {{coding: string, writer: string, made_on: number, operation: import("./protocol.js").Operation}} Kept
 * @typedef {Kept & {n: number}} Stored
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function committed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export class OutboxStore {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
  }

  /** @param {string} folder id of the data folder @param {IDBFactory} factory @returns {Promise<OutboxStore>} */
  static async open(folder, factory) {
    const request = factory.open(`coder-${folder}`, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: "n", autoIncrement: true });
      store.createIndex(BY_CODING, BY_CODING);
    };
    const database = await answer(request);
    database.onversionchange = () => database.close();
    return new OutboxStore(database);
  }

  /** @param {IDBTransactionMode} mode */
  #transaction(mode) {
    return this.database.transaction(STORE, mode, mode === "readwrite" ? { durability: "strict" } : undefined);
  }

  /** Resolves with its number once it is on disk. @param {Kept} kept @returns {Promise<number>} */
  async put(kept) {
    const transaction = this.#transaction("readwrite");
    const done = committed(transaction);
    const number = answer(transaction.objectStore(STORE).add(kept));
    transaction.commit?.();
    await done;
    return Number(await number);
  }

  /** @param {number[]} numbers @returns {Promise<void>} */
  async drop(numbers) {
    if (numbers.length === 0) return;
    const transaction = this.#transaction("readwrite");
    const done = committed(transaction);
    for (const n of numbers) transaction.objectStore(STORE).delete(n);
    transaction.commit?.();
    await done;
  }

  /** Oldest first; of one coding, or of all. @param {string} [coding] @returns {Promise<Stored[]>} */
  async all(coding) {
    const store = this.#transaction("readonly").objectStore(STORE);
    return coding === undefined ? answer(store.getAll()) : answer(store.index(BY_CODING).getAll(coding));
  }
}
