// The outbox against a server that fails, refuses and answers late. The store is the narrow part of IndexedDB that it uses.
import assert from "node:assert/strict";
import test from "node:test";

import { Outbox, backoff, sameWriter } from "../../../coder_app/web/workbench/frontend/outbox.js";

class Shelf {
  rows = new Map();
  next = 1;
  async put(kept) {
    await null;
    this.rows.set(this.next, { ...kept, n: this.next });
    return this.next++;
  }
  async drop(numbers) {
    for (const n of numbers) this.rows.delete(n);
  }
  async all(coding) {
    return [...this.rows.values()].filter((k) => coding === undefined || k.coding === coding);
  }
}

const kept = (id, writer = "w", made_on = 0, coding = "c") => ({ coding, writer, made_on, operation: { id, kind: "add", made_at: "", group: null } });
const settle = () => new Promise((done) => setTimeout(done, 15));

function bench({ answer, store = new Shelf() } = {}) {
  const sent = [];
  let revision = 0;
  const accept = (body) => ({ revision: (revision += body.operations.length), accepted: body.operations.map((o) => o.id), rejected: [] });
  const post = async (path, body) => {
    sent.push({ path, ...body, operations: body.operations.map((o) => o.id) });
    await null;
    return (answer ?? accept)(body, sent.length, accept);
  };
  const outbox = new Outbox({ folder: "f", post, wait: () => settle(), store });
  return { outbox, sent, store };
}

test("what is added is sent in order, with the writer and the revision its first was made on, and dropped", async () => {
  const { outbox, sent, store } = bench();
  outbox.add(kept("a", "w", 4));
  outbox.add(kept("b", "w", 4));
  outbox.add(kept("c", "w", 4));
  assert.equal(outbox.pending("c"), 3);
  await settle();
  assert.deepEqual(sent.map((s) => [s.writer, s.after, s.operations.join("")]), [["w", 4, "a"], ["w", 4, "bc"]]);
  assert.equal(sent[0].path, "/api/codings/c/operations");
  assert.equal(outbox.pending("c"), 0);
  assert.equal(store.rows.size, 0);
});

test("sending does not wait for the store", async () => {
  const { outbox, sent } = bench({ store: { put: () => new Promise(() => {}), drop: async () => {}, all: async () => [] } });
  outbox.add(kept("a"));
  await settle();
  assert.equal(sent.length, 1);
  assert.equal(outbox.pending("c"), 0);
});

test("while the server is away everything waits and is kept; then it goes, once each", async () => {
  let up = false;
  const { outbox, sent, store } = bench({
    answer: (body, _n, accept) => {
      if (!up) throw new Error("away");
      return accept(body);
    },
  });
  let troubles = 0;
  outbox.onTrouble = () => troubles++;
  for (const id of "abc") outbox.add(kept(id));
  await settle();
  assert.equal(outbox.pending("c"), 3);
  assert.equal(store.rows.size, 3);
  assert.match(outbox.trouble.message, /away/);
  up = true;
  outbox.wake();
  await settle();
  assert.equal(outbox.pending("c"), 0);
  assert.equal(store.rows.size, 0);
  assert.equal(outbox.trouble, null);
  assert.equal(troubles, 2);
  assert.equal(sent.at(-1).operations.join(""), "abc");
});

test("rejected ids are dropped and told", async () => {
  const { outbox, store } = bench({ answer: (body) => ({ revision: 9, accepted: [], rejected: body.operations.map(({ id }) => ({ id, code: "conflict", message: "" })) }) });
  const told = [];
  outbox.onAnswer = (coding, answer) => told.push([coding, answer.revision, answer.rejected.length]);
  outbox.add(kept("a"));
  await settle();
  assert.deepEqual(told, [["c", 9, 1]]);
  assert.equal(outbox.pending("c") + store.rows.size, 0);
});

test("an answer that names nothing is trouble, never a loss", async () => {
  const { outbox, store } = bench({ answer: () => ({ revision: 1, accepted: [], rejected: [] }) });
  outbox.add(kept("a"));
  await settle();
  assert.equal(outbox.pending("c"), 1);
  assert.equal(store.rows.size, 1);
  outbox.close();
});

test("what earlier pages left is sent oldest first, each writer's apart", async () => {
  const { outbox, sent, store } = bench();
  for (const k of [kept("a", "old", 3), kept("b", "old", 4), kept("c", "new", 9), kept("z", "old", 1, "other"), kept("d", "old", 11)]) await store.put(k);
  const done = await outbox.flush("c");
  assert.deepEqual(sent.map((s) => [s.writer, s.after, s.operations.join("")]), [["old", 3, "ab"], ["new", 9, "c"], ["old", 11, "d"]]);
  assert.equal(done.sent, 4);
  assert.deepEqual([...store.rows.values()].map((k) => k.operation.id), ["z"]);
});

test("what could not be flushed stays", async () => {
  const { outbox, store } = bench({
    answer: (body, n, accept) => {
      if (n === 2) throw new Error("away");
      return accept(body);
    },
  });
  for (const k of [kept("a", "x"), kept("b", "y")]) await store.put(k);
  await assert.rejects(outbox.flush("c"), /away/);
  assert.deepEqual([...store.rows.values()].map((k) => k.operation.id), ["b"]);
});

test("each coding is under its own lock", async () => {
  const held = [];
  const { store } = bench();
  const locks = { request: (name, _options, run) => (held.push(name), run()) };
  const post = async (_path, body) => ({ revision: 1, accepted: body.operations.map((o) => o.id), rejected: [] });
  const outbox = new Outbox({ folder: "f", post, wait: settle, store, locks });
  outbox.add(kept("a", "w", 0, "one"));
  await outbox.flush("two");
  await settle();
  assert.deepEqual(held.sort(), ["coder-outbox-f-one", "coder-outbox-f-two"]);
});

test("a page that keeps the lock sends in the same task, and gives it up when asked and nothing waits", async () => {
  const free = [];
  const locks = { request: async (name, _options, run) => (await run({ name }), free.push(name)) };
  let calls = 0;
  let answer = () => {};
  const post = (_path, body) => new Promise((done) => {
    calls++;
    answer = () => done({ revision: 1, accepted: body.operations.map((o) => o.id), rejected: [] });
  });
  const outbox = new Outbox({ folder: "f", post, wait: settle, store: new Shelf(), locks });
  await outbox.hold("c");
  outbox.add(kept("a"));
  assert.equal(calls, 1);
  outbox.give("c");
  await settle();
  assert.deepEqual(free, []);
  answer();
  await settle();
  assert.deepEqual(free, ["coder-outbox-f-c"]);
});

test("waits grow from a fifth of a second to three seconds", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 60].map(backoff), [200, 400, 800, 1600, 3000, 3000, 3000]);
});

test("a batch is the beginning of one writer", () => {
  const all = [kept("a", "x"), kept("b", "x"), kept("c", "y"), kept("d", "x")];
  assert.deepEqual(sameWriter(all).map((k) => k.operation.id), ["a", "b"]);
  assert.equal(sameWriter(Array.from({ length: 500 }, (_, n) => kept(String(n)))).length, 200);
});
