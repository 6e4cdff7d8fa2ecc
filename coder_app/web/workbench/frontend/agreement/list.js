// The queue as a list of lines that can be pressed.
// @ts-check

import { duration, shortTime } from "../time-label.js";
import { item, made } from "./elements.js";
import { said, shown } from "./queue.js";

/** Lines drawn at once; the rest follow when the end is reached. */
const PAGE = 300;

export class List {
  stream = "";
  /** @type {number[]} */
  order = [];
  #drawn = 0;

  /**
   * @param {import("../scope.js").Scope} scope @param {any} parts @param {import("./main.js").Data} data
   * @param {(i: number) => void} choose @param {() => void} filtered
   */
  constructor(scope, parts, data, choose, filtered) {
    this.parts = parts;
    this.data = data;
    this.streams = new Map(data.streams.map((s) => [s.id, s.name]));
    this.names = new Map(data.streams.flatMap((s) => s.codes.map((c) => [`${s.id}.${c.id}`, c.name])));
    this.#fillStreams();
    scope.on(parts.stream, "change", () => {
      this.stream = parts.stream.value;
      this.draw();
      filtered();
    });
    scope.on(parts.list, "click", (event) => {
      const pressed = event.target.closest("[data-item]");
      if (pressed) choose(Number(pressed.dataset.item));
    });
    scope.on(parts.list, "scroll", () => {
      const { scrollTop, clientHeight, scrollHeight } = parts.list;
      if (scrollTop + clientHeight > scrollHeight - 80) this.#more();
    });
    this.draw();
  }

  #fillStreams() {
    const { disagreements, streams } = this.data;
    this.parts.stream.append(made("option", { value: "" }, `All streams (${disagreements.length})`));
    for (const stream of streams) {
      const n = disagreements.filter((d) => d.stream === stream.id).length;
      if (stream.kind !== "rating") this.parts.stream.append(made("option", { value: stream.id }, `${stream.name} (${n})`));
    }
  }

  draw() {
    this.order = shown(this.data.disagreements, this.stream);
    this.#drawn = 0;
    this.parts.list.replaceChildren();
    this.parts.list.scrollTop = 0;
    const none = made("li", { class: "cag-quiet" }, "No disagreements in the compared time.");
    if (this.order.length === 0) this.parts.list.append(none);
    this.parts.count.textContent = "";
    this.#more();
  }

  #more() {
    const next = this.order.slice(this.#drawn, this.#drawn + PAGE);
    this.#drawn += next.length;
    this.parts.list.append(...next.map((i) => this.#line(i)));
  }

  /** @param {number} i */
  #line(i) {
    const one = this.data.disagreements[i];
    const time = shortTime(one.from_us);
    const length = one.to_us > one.from_us ? duration(one.to_us - one.from_us) : "point";
    const note = one.kind === "unscorable" ? `${length}, left out` : length;
    const [first, second] = [one.first, one.second].map((codes) => said(codes, this.names, one));
    return item(i, time, this.streams.get(one.stream) ?? one.stream, first, second, note);
  }

  /** @param {number} i */
  mark(i) {
    const place = this.order.indexOf(i);
    while (place >= this.#drawn && this.#drawn < this.order.length) this.#more();
    this.parts.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const pressed = this.parts.list.querySelector(`[data-item="${i}"]`);
    pressed?.setAttribute("aria-current", "true");
    const line = pressed?.parentElement;
    const { list } = this.parts;
    if (line && (line.offsetTop < list.scrollTop || line.offsetTop + line.offsetHeight > list.scrollTop + list.clientHeight)) {
      list.scrollTop = line.offsetTop - list.clientHeight / 3;
    }
    this.parts.count.textContent = place < 0 ? "" : `${place + 1} of ${this.order.length}`;
  }
}
