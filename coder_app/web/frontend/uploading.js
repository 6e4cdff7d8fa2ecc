// One upload: begin (or find the unfinished one), send pieces in order, finish. Owns no element.
// @ts-check

export const PIECE_BYTES = 8 * 1024 * 1024;
const WAIT_MS = [1000, 2000, 4000, 8000, 15000];

/** A refusal of the server, with its sentence for people. */
class Refused extends Error {}

/** @typedef {"sending" | "paused" | "refused" | "finishing" | "done"} State */

export class Upload {
  /** @param {File} file @param {typeof fetch} [send] */
  constructor(file, send = (...all) => fetch(...all)) {
    this.file = file;
    this.send = send;
    /** @type {State} */
    this.state = "paused";
    this.received = 0;
    this.message = "";
    this.told = false;
    this.run = 0;
    /** @type {() => void} */
    this.onchange = () => {};
  }

  toggle() {
    if (this.state === "sending") this.pause();
    else this.start();
  }

  pause() {
    this.run += 1;
    this.stop?.abort();
    this.set("paused", "paused");
  }

  /** Goes on until done, paused or refused; a line that breaks is tried again. */
  async start() {
    const run = ++this.run;
    this.set("sending", "");
    for (let failures = 0; run === this.run; ) {
      try {
        await this.sendAll(run, () => (failures = 0));
        return;
      } catch (error) {
        if (run !== this.run) return;
        if (error instanceof Refused) return this.set("refused", error.message);
        const wait = WAIT_MS[Math.min(failures, WAIT_MS.length - 1)];
        failures += 1;
        this.set("sending", "no connection; trying again");
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  /** @param {number} run @param {() => void} progressed */
  async sendAll(run, progressed) {
    const begun = await this.call("POST", "/api/uploads", { name: this.file.name, size: this.file.size });
    this.received = begun.received;
    while (this.received < this.file.size) {
      if (run !== this.run) return;
      const piece = this.file.slice(this.received, this.received + PIECE_BYTES);
      const answer = await this.call("PUT", `/api/uploads/${begun.id}?offset=${this.received}`, piece);
      this.received = answer.received;
      progressed();
      this.set("sending", "");
    }
    if (run !== this.run) return;
    this.set("finishing", "reading the time of every frame");
    await this.call("POST", `/api/uploads/${begun.id}/finish`, {});
    this.set("done", "added");
  }

  /** @param {string} method @param {string} address @param {Blob | object} body */
  async call(method, address, body) {
    this.stop = new AbortController();
    const isPiece = body instanceof Blob;
    const answer = await this.send(address, {
      method,
      headers: { "Content-Type": isPiece ? "application/octet-stream" : "application/json" },
      body: isPiece ? body : JSON.stringify(body),
      signal: this.stop.signal,
    });
    const said = await answer.json();
    if (answer.ok) return said;
    if (!said.error || said.error.code === "offset") throw new Error("ask again where to go on");
    throw new Refused(said.error.message);
  }

  /** @param {State} state @param {string} message */
  set(state, message) {
    this.state = state;
    this.message = message;
    this.onchange();
  }
}
