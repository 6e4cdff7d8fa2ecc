// The selected event: its times and edges, modifiers, comment; and above it what the keyboard is being asked for.
// @ts-check

import { button, h, keycap, mark, say, show } from "../dom.js";
import { hint, keyOf } from "../keys.js";
import { duration, shortTime } from "../time-label.js";

/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("../protocol.js").Modifier} Modifier */
/**
 * @typedef {{run: (command: string) => void, onTarget: () => void, onEvidence: (t_us: number, remove: boolean) => void, onComment: (text: string) => void, onModify: (modifier: Modifier, value: boolean | string | null) => void}} Hear
 * @typedef {{event: Event, code: import("../protocol.js").Code, fill: string, modifiers: Modifier[], end_us: number | null,
 *   frameOf: (t_us: number) => number, writable: boolean, missing: Modifier[], answers: string | null, ratedIn: string}} Shown
 * @typedef {{key: string, name: string, required?: boolean, heading?: string, act?: () => void}} Answer what a key answers; a click does too
 */

export class Selection {
  /** @param {import("../scope.js").Scope} scope @param {Hear} hear */
  constructor(scope, hear) {
    this.scope = scope;
    this.hear = hear;
    this.held = scope.child();
    this.name = h("b.wb-selected-name");
    this.times = h("span.wb-selected-times");
    this.empty = h("p.wb-faint", {}, "No event is selected. Click one on the timeline, or press ", keycap(keyOf("previousEvent"), "previousEvent"), " ", keycap(keyOf("nextEvent"), "nextEvent"), ".");
    this.onset = this.#edge("Onset", [["onsetBack", "−1f"], ["onsetForward", "+1f"], ["onsetHere", "here"]]);
    this.offset = this.#edge("Offset", [["offsetBack", "−1f"], ["offsetForward", "+1f"], ["offsetHere", "here"]]);
    this.modifiers = h("div.wb-modifiers");
    this.unsure = this.#tool("unsure", "Unsure");
    this.target = button("wb-small.wb-target", { title: "Go to what it answers" }, "");
    scope.on(this.target, "click", () => hear.onTarget());
    this.link = h("div.wb-edge.wb-link", { "data-testid": "link" }, h("span.wb-edge-name", {}, "Answers"), this.target,
      this.#tool("link", "Link"), this.#tool("unprompted", "Unprompted"), this.#tool("unlink", "Empty"));
    this.evidence = h("div.wb-edge.wb-evidence", { "data-testid": "evidence" });
    this.evidenceHeld = scope.child();
    this.comment = /** @type {HTMLInputElement} */ (h("input.wb-comment", { type: "text", placeholder: "Comment", "aria-label": "Comment", title: hint("comment"), maxlength: 2000 }));
    scope.on(this.comment, "change", () => hear.onComment(this.comment.value.trim()));
    this.body = h("div.wb-selected-body", {}, h("div.wb-selected-head", {}, this.name, this.times),
      h("div.wb-edges", {}, this.onset, this.offset), this.modifiers, this.link, this.evidence,
      h("div.wb-edge", {}, this.comment, this.#tool("recode", "Recode"), this.unsure, this.#tool("remove", "Remove")));
    this.asked = h("div.wb-asked", { role: "group", "aria-label": "Asked for", "aria-live": "polite", "data-testid": "asking", hidden: true });
    this.askedHeld = scope.child();
    this.element = h("section.wb-selected", { "aria-label": "Selected event", "data-testid": "selected" }, this.empty, this.body);
  }

  /** @param {string} name @param {string[][]} tools */
  #edge(name, tools) {
    return h("div.wb-edge", {}, h("span.wb-edge-name", {}, name), ...tools.map(([command, text]) => this.#tool(command, text)));
  }

  /** @param {string} command @param {string} text */
  #tool(command, text) {
    const element = button("wb-small", { title: hint(command), "aria-label": hint(command), "data-command": command }, text);
    this.scope.on(element, "click", () => this.hear.run(command));
    return element;
  }

  /** @param {Shown | null} shown */
  update(shown) {
    show(this.empty, shown === null);
    show(this.body, shown !== null);
    if (shown === null) return;
    const { event, code, fill, end_us, frameOf, writable } = shown;
    this.name.style.setProperty("--fill", fill);
    say(this.name, event.kind === "rating" ? `${code.name}: ${event.value}` : code.name);
    say(this.times, event.onset_us === null ? shown.ratedIn : timesOf(/** @type {any} */ (event), end_us, frameOf));
    this.#showEvidence(event);
    show(this.link, shown.answers !== null);
    say(this.target, shown.answers ?? "");
    this.target.disabled = !event.link?.to;
    show(this.onset, event.onset_us !== null);
    show(this.offset, event.kind === "state");
    mark(this.unsure, "aria-pressed", String(event.unsure));
    this.body.classList.toggle("wb-locked", !writable);
    this.comment.disabled = !writable;
    if (document.activeElement !== this.comment) this.comment.value = event.comment;
    this.#showModifiers(shown);
  }

  /** The times that speak for a rating: a click goes there, the cross takes one away. @param {Event} event */
  #showEvidence(event) {
    show(this.evidence, event.kind === "rating");
    const state = JSON.stringify([event.id, event.evidence_us]);
    if (this.evidence.hidden || this.evidence.dataset.state === state) return;
    this.evidence.dataset.state = state;
    this.evidenceHeld.end();
    this.evidenceHeld = this.scope.child();
    const times = (event.evidence_us ?? []).map((t_us) => {
      const [go, remove] = [button("wb-small", { title: "Go to this frame" }, shortTime(t_us)), button("wb-small", { "aria-label": `Remove ${shortTime(t_us)}` }, "×")];
      this.evidenceHeld.on(go, "click", () => this.hear.onEvidence(t_us, false));
      this.evidenceHeld.on(remove, "click", () => this.hear.onEvidence(t_us, true));
      return h("span.wb-edge", {}, go, remove);
    });
    const add = button("wb-small", { title: hint("evidence"), "aria-label": hint("evidence"), "data-command": "evidence" }, "+ this frame");
    this.evidenceHeld.on(add, "click", () => this.hear.run("evidence"));
    this.evidence.replaceChildren(h("span.wb-edge-name", {}, "Evidence"), ...times, add);
  }

  /** @param {Shown} shown */
  #showModifiers({ event, modifiers, missing }) {
    const state = JSON.stringify([event.id, event.code, event.modifiers]);
    if (this.modifiers.dataset.state === state) return;
    this.modifiers.dataset.state = state;
    this.held.end();
    this.held = this.scope.child();
    this.modifiers.replaceChildren(...modifiers.map((modifier) => {
      const lacking = missing.includes(modifier);
      const choices = modifier.values.length > 0 ? modifier.values.map((v) => /** @type {const} */ ([v.id, v.name])) : [/** @type {const} */ ([true, "yes"])];
      return h(`div.wb-edge${lacking ? ".wb-lacking" : ""}`, {}, h("span.wb-edge-name", {}, modifier.name, lacking ? " (required)" : ""),
        ...choices.map(([value, name]) => this.#choice(modifier, value, name, event.modifiers[modifier.id])));
    }));
  }

  /** @param {Modifier} modifier @param {boolean | string} value @param {string} name @param {boolean | string | undefined} chosen */
  #choice(modifier, value, name, chosen) {
    const on = chosen === value;
    const element = button("wb-small", { "aria-pressed": String(on) }, name);
    this.held.on(element, "click", () => this.hear.onModify(modifier, on ? null : value));
    return element;
  }

  /** What the next keys mean. @param {string} title @param {Answer[]} choices @param {string} [about] the event: the same question about another one is read out anew */
  ask(title, choices, about = "") {
    const state = JSON.stringify([title, choices, about]);
    if (this.asked.dataset.state === state) return;
    this.asked.dataset.state = state;
    show(this.asked, title !== "");
    this.askedHeld.end();
    this.askedHeld = this.scope.child();
    const parts = choices.map(({ key, name, heading, required, act }) => {
      const answer = this.#answer(key, name, act);
      if (!heading) return answer;
      return h("span.wb-asked-first", {}, h(`span.wb-asked-of${required ? ".wb-lacking" : ""}`, {}, required ? `${heading} (required)` : heading), answer);
    });
    this.asked.replaceChildren(h("b", {}, title), ...parts, this.#answer("Esc", "later", () => this.hear.run("leave")));
  }

  /** @param {string} key @param {string} name @param {() => void} [act] */
  #answer(key, name, act) {
    if (!act) return h("span.wb-choice", {}, keycap(key), name);
    const element = button("wb-choice", {}, keycap(key), name);
    this.askedHeld.on(element, "click", act);
    return element;
  }
}

/** @param {Event & {onset_us: number}} event @param {number | null} end_us @param {(t_us: number) => number} frameOf */
function timesOf(event, end_us, frameOf) {
  const late = event.late_us > 0 ? ` · key ${Math.round(event.late_us / 1000)} ms late` : "";
  if (event.kind === "point") return `${shortTime(event.onset_us)} · frame ${frameOf(event.onset_us)}${late}`;
  if (event.offset_us === null || end_us === null) return `${shortTime(event.onset_us)} – running · from frame ${frameOf(event.onset_us)}${late}`;
  return `${shortTime(event.onset_us)} – ${shortTime(end_us)} · ${duration(end_us - event.onset_us)}${late}`;
}
