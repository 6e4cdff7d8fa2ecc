// Submitting from the page: what stands against it, one reason for what stays, and then it is frozen.
// @ts-check

import { fillSubmit } from "./panels/dialogs.js";

/** @typedef {import("./checks.js").Finding} Finding */
/** @typedef {import("./panels/dialogs.js").Submission} Submission */

export class Submitting {
  /** What the dialog shows. @type {Submission | null} */
  #shown = null;

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  /** Shows what stands against submitting, as the checks while coding list it, and submits when asked. @param {string} [trouble] @param {string} [reason] */
  async ask(trouble = "", reason = "") {
    const { session, frame, player, watch } = this.bench;
    player?.pause();
    this.bench.cover(watch?.end() ?? null);
    /** @type {Submission} */
    const shown = {
      findings: this.bench.checking.list(), trouble, busy: true, reason,
      onSubmit: () => void this.#submit(shown.reason), onGo: (finding) => this.goTo(finding),
    };
    this.#shown = shown;
    fillSubmit(frame.submit, shown);
    frame.submit.show();
    try {
      shown.findings = this.bench.checking.arranged(await session.findings());
      shown.busy = false;
    } catch (error) {
      shown.trouble = `Not possible now: ${/** @type {Error} */ (error).message}`;
    }
    if (frame.submit.open && this.#shown === shown) fillSubmit(frame.submit, shown).focus();
  }

  /** @param {string} reason */
  async #submit(reason) {
    try {
      await this.bench.session.submit(reason.trim());
      this.bench.frame.submit.close();
      this.bench.say("Submitted.");
    } catch (error) {
      void this.ask(/** @type {Error} */ (error).message, reason);
    }
  }

  /** @param {Pick<Finding, "stream" | "event" | "from_us" | "message">} finding */
  goTo(finding) {
    const { bench } = this;
    bench.frame.submit.close();
    const passes = /** @type {import("./protocol.js").Pass[]} */ (bench.session.coding.scheme.passes);
    const pass = passes.find((p) => p.streams.includes(finding.stream));
    if (pass && !bench.pass.streams.includes(finding.stream)) bench.setPass(pass.id);
    if (finding.event) bench.select(finding.event);
    if (finding.from_us !== null) bench.controls.seekTime(finding.from_us);
    bench.say(finding.message);
  }
}
