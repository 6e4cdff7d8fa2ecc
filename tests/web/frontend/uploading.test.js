// An upload against a server that is a few lines of this file.
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { PIECE_BYTES, Upload } from "../../../coder_app/web/frontend/uploading.js";

/** @param {number} size */
function fileOf(size) {
  const bytes = Uint8Array.from({ length: size }, (_, i) => i % 251);
  return /** @type {File} */ (Object.assign(new Blob([bytes]), { name: "visit.mp4" }));
}

/** Keeps what is put, as the routes do. @param {{refuseAt?: string, failTimes?: number}} [how] */
function server(how = {}) {
  const kept = { bytes: Buffer.alloc(0), calls: /** @type {string[]} */ ([]), finished: 0, fails: how.failTimes ?? 0 };
  /** @param {number} status @param {object} body */
  const answer = (status, body) => ({ ok: status < 400, status, json: async () => body });
  /** @type {any} */
  const send = async (/** @type {string} */ address, /** @type {any} */ { method, body }) => {
    kept.calls.push(`${method} ${address}`);
    if (how.refuseAt && address.includes(how.refuseAt)) return answer(422, { error: { code: "media", message: "visit.mp4 is no video." } });
    if (method === "PUT" && kept.fails > 0) {
      kept.fails -= 1;
      throw new TypeError("Failed to fetch");
    }
    if (method === "PUT") {
      const offset = Number(new URL(address, "http://x").searchParams.get("offset"));
      if (offset !== kept.bytes.length) return answer(409, { error: { code: "offset", message: "wrong byte" } });
      kept.bytes = Buffer.concat([kept.bytes, Buffer.from(await body.arrayBuffer())]);
      return answer(200, { id: "u1", received: kept.bytes.length });
    }
    if (address.endsWith("/finish")) kept.finished += 1;
    return answer(201, { id: "u1", received: kept.bytes.length, media: { id: "m1" } });
  };
  return { kept, send };
}

test("a file arrives whole, in pieces, and is finished once", async () => {
  const { kept, send } = server();
  const file = fileOf(PIECE_BYTES + 10);
  const upload = new Upload(file, send);
  await upload.start();
  assert.equal(upload.state, "done");
  assert.deepEqual(kept.calls, ["POST /api/uploads", "PUT /api/uploads/u1?offset=0", `PUT /api/uploads/u1?offset=${PIECE_BYTES}`, "POST /api/uploads/u1/finish"]);
  assert.equal(kept.bytes.length, file.size);
  assert.equal(kept.bytes[PIECE_BYTES + 9], (PIECE_BYTES + 9) % 251);
});

test("a line that breaks is tried again from where the server is", async () => {
  const { kept, send } = server({ failTimes: 1 });
  const upload = new Upload(fileOf(100), send);
  await upload.start();
  assert.equal(upload.state, "done");
  assert.equal(kept.bytes.length, 100);
  assert.equal(kept.calls.filter((call) => call === "POST /api/uploads").length, 2);
});

test("what the server refuses is said and not tried again", async () => {
  const { kept, send } = server({ refuseAt: "finish" });
  const upload = new Upload(fileOf(10), send);
  await upload.start();
  assert.equal(upload.state, "refused");
  assert.equal(upload.message, "visit.mp4 is no video.");
  assert.equal(kept.calls.filter((call) => call.endsWith("finish")).length, 1);
});

test("paused it sends nothing more, and goes on from there", async () => {
  const { kept, send } = server();
  const upload = new Upload(fileOf(PIECE_BYTES * 2), send);
  upload.onchange = () => {
    if (upload.received === PIECE_BYTES && upload.state === "sending") upload.pause();
  };
  await upload.start();
  assert.equal(upload.state, "paused");
  assert.equal(kept.bytes.length, PIECE_BYTES);
  upload.onchange = () => {};
  await upload.start();
  assert.equal(upload.state, "done");
  assert.equal(kept.finished, 1);
});
