import assert from "node:assert/strict";
import test from "node:test";

import { ApiError, Unreachable } from "../../../coder_app/web/workbench/frontend/api.js";
import { Preferences } from "../../../coder_app/web/workbench/frontend/preferences.js";

/** A scope whose timers run when the test says so. */
function stage() {
  const waiting = [];
  const scope = { own: (undo) => undo, on: () => () => {}, after: (ms, run) => waiting.push(run) };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { scope, run: async () => {
    await settle();
    for (const run of waiting.splice(0)) await run();
    await settle();
  } };
}

function storage(kept = {}) {
  return { kept, getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value) };
}

function server(person, values = {}) {
  const calls = [];
  return {
    calls, values, down: false, no: null,
    async ask(path) {
      if (this.down) throw new Unreachable("down");
      return { person, values: structuredClone(values), path };
    },
    async send(path, body) {
      if (this.down) throw new Unreachable("down");
      if (this.no) throw this.no;
      calls.push(structuredClone(body));
      Object.assign(values, body.values);
      return { person, values };
    },
  };
}

const open = (preferences, { scope, there, here, say }) => preferences.open({
  folder: "f", coding: "c", scope, storage: here, ask: (p) => there.ask(p), send: (p, b) => there.send(p, b), say,
});

test("a value is there at once, before anything is open", () => {
  const preferences = new Preferences();
  const heard = [];
  preferences.on((name) => heard.push(name));
  assert.equal(preferences.get("volume", 0.5), 0.5);
  preferences.set("volume", 0.8);
  assert.equal(preferences.get("volume", 0.5), 0.8);
  preferences.set("volume", null);
  assert.equal(preferences.get("volume", 0.5), 0.5);
  assert.deepEqual(heard, ["volume", "volume"]);
});

test("values are copies", () => {
  const preferences = new Preferences();
  const given = { a: [1] };
  preferences.set("panel", given);
  given.a.push(2);
  preferences.get("panel", null).a.push(3);
  assert.deepEqual(preferences.get("panel", null), { a: [1] });
});

test("what the server knows holds, and changes go there together", async () => {
  const { scope, run } = stage();
  const [there, here, preferences] = [server("ana", { volume: 0.2 }), storage(), new Preferences()];
  open(preferences, { scope, there, here });
  await run();
  assert.equal(preferences.get("volume", 1), 0.2);
  preferences.set("volume", 0.4);
  preferences.set("panel", "codes");
  await run();
  assert.deepEqual(there.calls, [{ person: "ana", values: { volume: 0.4, panel: "codes" } }]);
  await run();
  assert.equal(there.calls.length, 1);
});

test("with the server down the browser knows, and sends later", async () => {
  const { scope, run } = stage();
  const [there, here] = [server("ana", { volume: 0.2 }), storage()];
  const first = new Preferences();
  open(first, { scope, there, here });
  await run();
  there.down = true;
  first.set("volume", 0.9);
  await run();
  const second = new Preferences();
  open(second, { scope, there, here });
  assert.equal(second.get("volume", 1), 0.9);
  await run();
  there.down = false;
  for (let i = 0; i < 3; i++) await run();
  assert.equal(there.values.volume, 0.9);
});

test("what one person left waiting never becomes another's", async () => {
  const { scope, run } = stage();
  const [ana, here] = [server("ana"), storage()];
  const first = new Preferences();
  open(first, { scope, there: ana, here });
  await run();
  ana.down = true;
  first.set("volume", 0.9);
  await run();
  const [ben, second] = [server("ben", { volume: 0.1 }), new Preferences()];
  open(second, { scope, there: ben, here });
  await run();
  await run();
  assert.equal(second.get("volume", 1), 0.1);
  assert.deepEqual(ben.calls, []);
});

test("a refusal is told once and not sent again", async () => {
  const { scope, run } = stage();
  const [there, here, preferences, told] = [server("ana"), storage(), new Preferences(), []];
  open(preferences, { scope, there, here, say: (text) => told.push(text) });
  await run();
  there.no = new ApiError(422, { code: "invalid", message: "Too large." });
  preferences.set("volume", 0.9);
  for (let i = 0; i < 3; i++) await run();
  assert.deepEqual(told, ["Not kept on the server: Too large."]);
});

test("a cache that cannot be read is none", () => {
  for (const text of ["{", "3", '{"person": 1}', '{"person": "a", "people": {"a": null}}']) {
    const preferences = new Preferences();
    open(preferences, { scope: stage().scope, there: server("ana"), here: storage({ "coder-preferences-f": text }) });
    assert.equal(preferences.get("volume", 1), 1);
  }
});
