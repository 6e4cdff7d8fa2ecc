// Panels over the page, submitting among them. They keep the focus until they are closed, and give it back.
// @ts-check

import { button, h, keycap } from "../dom.js";

export class Dialog {
  /** @param {import("../scope.js").Scope} scope @param {string} title @param {() => void} onClose */
  constructor(scope, title, onClose) {
    this.scope = scope;
    this.filling = scope.child();
    this.onClose = onClose;
    this.content = h("div.wb-dialog-content");
    this.close_ = button("wb-button.wb-quiet", {}, "Close", keycap("Esc"));
    this.box = h("div.wb-dialog", { role: "dialog", "aria-modal": "true", "aria-label": title, tabindex: -1 },
      h("div.wb-dialog-head", {}, h("h2", {}, title), this.close_), this.content);
    this.element = h("div.wb-veil", { hidden: true }, this.box);
    scope.on(this.close_, "click", () => this.close());
    scope.on(this.element, "pointerdown", (event) => event.target === this.element && this.close());
    scope.on(this.box, "keydown", (event) => event.key === "Tab" && this.#turn(event));
  }

  /** A scope for what fills the dialog from now on; what filled it before is over. @returns {import("../scope.js").Scope} */
  refill() {
    this.filling.end();
    this.filling = this.scope.child();
    return this.filling;
  }

  get open() {
    return !this.element.hidden;
  }

  /** @param {HTMLElement} [first] takes the focus */
  show(first = this.box) {
    this.element.hidden = false;
    first.focus();
  }

  close() {
    if (!this.open) return;
    this.element.hidden = true;
    this.onClose();
  }

  /** Tab goes round inside. @param {KeyboardEvent} event */
  #turn(event) {
    const all = [...this.box.querySelectorAll("button, input, textarea, select")].filter((e) => !/** @type {any} */ (e).disabled && e.checkVisibility());
    const [first, last] = [all[0], all[all.length - 1]];
    const at = document.activeElement;
    if (event.shiftKey ? at === first || at === this.box : at === last) {
      event.preventDefault();
      /** @type {HTMLElement} */ (event.shiftKey ? last : first)?.focus();
    }
  }
}

/** Most findings that are listed of a kind. */
const MOST = 100;

/**
 * @typedef {import("../checks.js").Finding} Finding
 * @typedef {{findings: Finding[], trouble: string, busy: boolean, reason: string, onSubmit: () => void, onGo: (finding: Finding) => void}} Submission
 */

/** What is typed as the reason is kept in `submission`, to be there again when the dialog is filled anew. @param {Dialog} dialog @param {Submission} submission */
export function fillSubmit(dialog, submission) {
  const { findings, trouble, busy, onSubmit, onGo } = submission;
  const scope = dialog.refill();
  const blocking = findings.filter((f) => f.blocks);
  const others = findings.filter((f) => !f.blocks);
  const reason = /** @type {HTMLTextAreaElement} */ (h("textarea.wb-reason", { rows: 3, "aria-label": "Reason", placeholder: "One reason for what is listed" }));
  const send = button("wb-button.wb-main", {}, "Submit");
  const allow = () => (send.disabled = busy || blocking.length > 0 || (others.length > 0 && submission.reason.trim() === ""));
  const row = (/** @type {Finding} */ finding) => {
    const go = finding.from_us === null ? null : button("wb-small", {}, "Go there");
    if (go) scope.on(go, "click", () => onGo(finding));
    return h("li", { "data-rule": finding.rule }, h("span", {}, finding.message), go);
  };
  const part = (/** @type {string} */ title, /** @type {Finding[]} */ all) => (all.length > 0 ? h("section", {}, h("h3", {}, title), h("ul.wb-findings", {}, ...all.slice(0, MOST).map(row)), all.length > MOST ? h("p.wb-faint", {}, `${all.length - MOST} more.`) : null) : null);
  reason.value = submission.reason;
  allow();
  scope.on(send, "click", () => {
    send.disabled = true;
    onSubmit();
  });
  scope.on(reason, "input", () => {
    submission.reason = reason.value;
    allow();
  });
  dialog.content.replaceChildren(...[
    trouble ? h("p.wb-trouble", { role: "alert" }, trouble) : null,
    part("Must be put right first", blocking),
    part("Submitted as it is only with a reason", others),
    findings.length === 0 && !trouble ? h("p", {}, busy ? "Checking." : "Nothing stands against it. Submitting freezes this coding; it can be reopened with a reason.") : null,
    others.length > 0 && blocking.length === 0 ? reason : null,
    h("div.wb-dialog-foot", {}, send),
  ].filter((e) => e !== null));
  return others.length > 0 && blocking.length === 0 ? reason : send;
}
