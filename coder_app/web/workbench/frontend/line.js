// A socket on which the operations of a coding go. What goes over it is asked and answered as by `post`, without what a browser
// does around each request: a key is acknowledged several milliseconds earlier. Where no socket is open, `post` does it.
// @ts-check

import { PATIENCE_MS, Unreachable, refusal } from "./api.js";

/**
 * @typedef {(path: string, body: object) => Promise<any>} Post
 * @typedef {{answer: (text: string) => void, fail: (error: Error) => void}} Waiting
 */

/** @param {string} path @returns {WebSocket} */
function connect(path) {
  return new WebSocket(new URL(path, document.baseURI).href.replace(/^http/, "ws"));
}

export class Line {
  #path = "";
  /** @type {import("./scope.js").Scope | null} */
  #socketScope = null;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Waiting | null} */
  #waiting = null;

  /** @param {{post: Post, scope: import("./scope.js").Scope, open?: (path: string) => WebSocket}} parts */
  constructor({ post, scope, open = connect }) {
    this.#post = post;
    this.scope = scope;
    this.open = open;
    scope.on(window, "offline", () => this.#close());
  }

  /** @type {Post} */
  #post;

  /** As `post`. The socket is opened by the first that is sent. @type {Post} */
  post = (path, body) => {
    if (this.#path !== path) this.#close();
    if (this.#socket === null) this.#open(path);
    const socket = this.#socket;
    if (socket === null || socket.readyState !== WebSocket.OPEN || this.#waiting !== null) return this.#post(path, body);
    return this.#ask(socket, JSON.stringify(body));
  };

  /** @param {string} path */
  #open(path) {
    if (this.scope.ended || !navigator.onLine) return;
    const socket = this.open(path);
    const scope = this.scope.child();
    this.#path = path;
    this.#socket = socket;
    this.#socketScope = scope;
    scope.on(socket, "message", ({ data }) => this.#waiting?.answer(data));
    scope.on(socket, "close", () => this.#close());
    scope.own(() => {
      socket.close();
      this.#waiting?.fail(new Unreachable("The server does not answer."));
    });
  }

  #close() {
    this.#socket = null;
    this.#socketScope?.end();
  }

  /** @param {WebSocket} socket @param {string} text */
  async #ask(socket, text) {
    const stop = this.scope.after(PATIENCE_MS, () => this.#close());
    try {
      /** @type {{status: number, body: any}} */
      const { status, body } = JSON.parse(await new Promise((answer, fail) => {
        this.#waiting = { answer, fail };
        socket.send(text);
      }));
      const refused = await refusal(status, () => body);
      if (refused) throw refused;
      return body;
    } finally {
      this.#waiting = null;
      stop();
    }
  }
}
