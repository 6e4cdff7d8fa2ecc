// The line at the top: what is coded, with what, by whom, in which pass, and whether it is saved. Below it, what must be known.
// @ts-check

import { button, h, keycap, mark, say, show } from "../dom.js";
import { hint, keyOf } from "../keys.js";

/** A moment of saving is not worth a change of the word. */
const PATIENCE_MS = 400;

export class Header {
  /** @type {(() => void) | null} */
  #waiting = null;

  /**
   * @param {import("../scope.js").Scope} scope
   * @param {{onPass: (id: string) => void, onSubmit: () => void, onHelp: () => void, onReaction: () => void, onTakeOver: () => void, onDismiss: () => void}} hear
   */
  constructor(scope, hear) {
    this.scope = scope;
    this.observation = h("strong.wb-observation");
    this.scheme = h("span.wb-scheme");
    this.pass = /** @type {HTMLSelectElement} */ (h("select.wb-pass", { "aria-label": "Pass", title: hint("nextPass") }));
    this.coder = h("span.wb-coder");
    this.reaction = button("wb-small", { "data-command": "reaction", title: hint("reaction"), hidden: true }, "");
    this.saved = h("span.wb-saved", { role: "status", "data-testid": "saved" });
    this.submit = button("wb-button", { title: "Check the coding and submit it" }, "Submit");
    this.help = button("wb-button.wb-quiet", { title: hint("help") }, keycap(keyOf("help"), "help"), "Keys");
    this.element = h("header.wb-header", {}, this.observation, this.scheme, h("label.wb-pass-label", {}, this.pass),
      h("span.wb-fill"), this.coder, this.reaction, this.saved, this.submit, this.help);
    this.told = h("span");
    this.takeOver = button("wb-button", {}, "Take over");
    this.dismiss = button("wb-button.wb-quiet", {}, "Close");
    this.notice = h("div.wb-notice", { role: "alert", hidden: true }, this.told, this.takeOver, this.dismiss);
    scope.on(this.pass, "change", () => hear.onPass(this.pass.value));
    scope.on(this.submit, "click", hear.onSubmit);
    scope.on(this.help, "click", hear.onHelp);
    scope.on(this.reaction, "click", hear.onReaction);
    scope.on(this.takeOver, "click", hear.onTakeOver);
    scope.on(this.dismiss, "click", hear.onDismiss);
  }

  /** @param {import("../protocol.js").Payload} payload */
  load({ observation, scheme, person, is_key, label }) {
    say(this.observation, observation.name);
    say(this.scheme, `${scheme.name} ${scheme.version}`);
    say(this.coder, [person.name, is_key ? "key" : "", label].filter(Boolean).join(", "));
    this.pass.replaceChildren(...scheme.passes.map((pass, n) => {
      return h("option", { value: pass.id }, scheme.passes.length > 1 ? `Pass ${n + 1} of ${scheme.passes.length}: ${pass.name}` : pass.name);
    }));
  }

  /** That the coder's reaction time is taken off is always to be seen. @param {number} ms 0: it is not */
  showReaction(ms) {
    show(this.reaction, ms > 0);
    say(this.reaction, `−${ms} ms`);
  }

  /** @param {import("../session.js").Session} session @param {string} pass */
  update(session, pass) {
    if (this.pass.value !== pass) this.pass.value = pass;
    show(this.submit, session.writable);
    const { word, tone } = session.status;
    if (tone === "busy") this.#waiting ??= this.scope.after(PATIENCE_MS, () => this.#show(session));
    else this.#show(session);
    if (tone !== "busy") say(this.saved, word);
    const text = session.notice || session.refusal || (session.writable ? "" : session.why);
    show(this.notice, text !== "");
    mark(this.notice, "data-tone", session.notice || session.refusal || session.holder ? "warn" : "calm");
    say(this.told, text);
    show(this.takeOver, session.holder !== null && !session.writable);
    show(this.dismiss, session.notice !== "");
  }

  /** @param {import("../session.js").Session} session */
  #show(session) {
    this.#waiting?.();
    this.#waiting = null;
    const { word, tone } = session.status;
    say(this.saved, word);
    mark(this.saved, "data-tone", tone);
    const { trouble } = session.outbox;
    mark(this.saved, "title", trouble ? trouble.message : "Every entry is on the server's disk");
    if (tone === "busy") this.#waiting = this.scope.after(PATIENCE_MS, () => this.#show(session));
  }
}
