// The socket of the operations against a server that answers, refuses, goes away and says nothing.
import assert from "node:assert/strict";
import test from "node:test";

import { ApiError, Unreachable } from "../../../coder_app/web/workbench/frontend/api.js";
import { Line } from "../../../coder_app/web/workbench/frontend/line.js";
import { Scope } from "../../../coder_app/web/workbench/frontend/scope.js";

globalThis.window = new EventTarget();
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
globalThis.WebSocket = { OPEN: 1 };

class Socket extends EventTarget {
  readyState = 0;
  sent = [];
  constructor(path) {
    super();
    this.path = path;
  }
  opens() {
    this.readyState = 1;
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  answers(status, body) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify({ status, body }) }));
  }
  close() {
    this.readyState = 3;
    this.dispatchEvent(new Event("close"));
  }
}

function bench() {
  const [sockets, posted, scope] = [[], [], new Scope()];
  const post = async (path, body) => {
    posted.push([path, body]);
    return "posted";
  };
  const open = (path) => {
    sockets.push(new Socket(path));
    return sockets.at(-1);
  };
  return { line: new Line({ post, scope, open }), sockets, posted, scope };
}

test("the first goes by post and opens the socket; once it is open, what follows goes over it", async () => {
  const { line, sockets, posted } = bench();
  assert.equal(await line.post("/c/operations", { n: 1 }), "posted");
  assert.equal(await line.post("/c/operations", { n: 2 }), "posted", "still opening");
  assert.deepEqual(sockets.map((s) => s.path), ["/c/operations"]);
  sockets[0].opens();
  const answer = line.post("/c/operations", { n: 3 });
  sockets[0].answers(200, { revision: 3 });
  assert.deepEqual(await answer, { revision: 3 });
  assert.deepEqual(sockets[0].sent, [{ n: 3 }]);
  assert.equal(posted.length, 2);
});

test("a refusal is the same error as of a request, and the socket goes on", async () => {
  const { line, sockets } = bench();
  await line.post("/c/operations", {});
  sockets[0].opens();
  const refused = line.post("/c/operations", {});
  sockets[0].answers(403, { error: { code: "not_allowed", message: "Not yours." } });
  await assert.rejects(refused, (e) => e instanceof ApiError && e.status === 403 && e.code === "not_allowed" && e.message === "Not yours.");
  const broken = line.post("/c/operations", {});
  sockets[0].answers(500, { error: {} });
  await assert.rejects(broken, Unreachable);
  const next = line.post("/c/operations", {});
  sockets[0].answers(200, "taken");
  assert.equal(await next, "taken");
});

test("a server that goes away in between is unreachable, and is asked by post until a new socket is open", async () => {
  const { line, sockets, posted } = bench();
  await line.post("/c/operations", {});
  sockets[0].opens();
  const lost = line.post("/c/operations", {});
  sockets[0].close();
  await assert.rejects(lost, Unreachable);
  assert.equal(await line.post("/c/operations", {}), "posted");
  assert.equal(posted.length, 2);
  sockets[1].opens();
  const kept = line.post("/c/operations", {});
  sockets[1].answers(200, "kept");
  assert.equal(await kept, "kept");
});

test("a server that says nothing is given up, and a late answer is nobody's", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { line, sockets } = bench();
  await line.post("/c/operations", {});
  sockets[0].opens();
  const silent = line.post("/c/operations", { n: 1 });
  t.mock.timers.tick(20_000);
  await assert.rejects(silent, Unreachable);
  await line.post("/c/operations", { n: 2 });
  sockets[1].opens();
  const next = line.post("/c/operations", { n: 3 });
  sockets[0].answers(200, "to the first");
  sockets[1].answers(200, "to the third");
  assert.equal(await next, "to the third");
});

test("offline, and when the page goes, the socket is closed and none is opened", async () => {
  const { line, sockets, scope } = bench();
  await line.post("/c/operations", {});
  sockets[0].opens();
  navigator.onLine = false;
  window.dispatchEvent(new Event("offline"));
  assert.equal(sockets[0].readyState, 3);
  assert.equal(await line.post("/c/operations", {}), "posted");
  assert.equal(sockets.length, 1);
  navigator.onLine = true;
  await line.post("/c/operations", {});
  sockets[1].opens();
  const going = line.post("/c/operations", {});
  scope.end();
  await assert.rejects(going, Unreachable);
  assert.equal(sockets[1].readyState, 3);
  assert.equal(await line.post("/c/operations", {}), "posted");
});
