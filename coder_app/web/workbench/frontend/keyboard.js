// Hears the keys of the page: once, on the window, before anyone else. Text fields, open dialogs and repeats of code keys excepted.
// @ts-check

import { codeKey, commandOf, takesText } from "./keys.js";

/** Single keys that Streamlit takes for itself. */
const STREAMLIT = new Set(["r", "c"]);

/** @typedef {import("./marks.js").Meaning} Meaning */

export class Keyboard {
  /** @type {Map<string, Meaning>} */
  #meanings = new Map();

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    bench.scope.on(window, "keydown", (event) => this.#hear(event), { capture: true });
    for (const type of ["keypress", "keyup"]) {
      bench.scope.on(window, type, (event) => this.#quiet(event), { capture: true });
    }
    bench.scope.on(window, "keyup", (event) => bench.controls.keyUp(event.code), { capture: true });
    bench.scope.on(window, "blur", () => bench.controls.keysLost());
    bench.scope.on(document, "visibilitychange", () => document.hidden && bench.controls.keysLost());
  }

  /** @param {import("./protocol.js").Stream[]} streams of the pass */
  setPass(streams) {
    this.#meanings.clear();
    for (const stream of streams) {
      for (const code of stream.codes) if (code.hotkey) this.#meanings.set(code.hotkey.toLowerCase(), { stream, code });
    }
  }

  /** Streamlit's own keys must not work here. @param {KeyboardEvent} event */
  #quiet(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && STREAMLIT.has(event.key.toLowerCase()) && !takesText(event.target)) event.stopPropagation();
  }

  /** The picture runs on while JavaScript does, so the frame is read before anything else. @param {KeyboardEvent} event */
  #hear(event) {
    if (event.isComposing || !this.bench.root.isConnected) return;
    const { frame, controls, player } = this.bench;
    const panel = [frame.finder, frame.help].find((one) => one.open);
    if (panel) return this.#toPanel(event, panel);
    if (event.repeat) controls.keyStill(event.code);
    const key = codeKey(event);
    const shown = key !== null && player !== null && !event.repeat ? player.read() : 0;
    if (frame.list.hears(event)) return;
    const dialog = frame.submit.open;
    if (takesText(event.target) && event.target !== frame.root) return this.#inText(event);
    if (!dialog && frame.regions.hears(event)) return;
    this.#quiet(event);
    const command = commandOf(event);
    if (dialog && command?.id !== "leave") return;
    if (command) {
      if (ownPress(event) || (event.repeat && !command.held)) return;
      event.preventDefault();
      controls.run(command.id, event.repeat);
    } else if (key !== null && !event.repeat) this.#code(event, key, shown);
  }

  /** The overlay of keys and the command palette hear everything while they are open. @param {KeyboardEvent} event @param {import("./panels/finder.js").Finder | import("./panels/key-help.js").KeyHelp} panel */
  #toPanel(event, panel) {
    this.#quiet(event);
    if (!panel.hear(event, commandOf(event))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {KeyboardEvent} event @param {string} key @param {number} frame on the screen
   */
  #code(event, key, frame) {
    const { bench } = this;
    const answered = bench.controls.asking !== null && bench.controls.answer(key);
    const meaning = this.#meanings.get(key);
    if (answered || meaning) event.preventDefault();
    if (answered || !meaning) return;
    bench.controls.code(meaning, frame, this.#late_us(event), event.code);
  }

  /** How much later than a frame the key was heard while the picture ran. @param {KeyboardEvent} event @returns {number} */
  #late_us(event) {
    const { player } = this.bench;
    if (!player?.playing) return 0;
    const late_ms = performance.now() - event.timeStamp;
    return late_ms > player.frame_ms ? Math.round(late_ms * 1000) : 0;
  }

  /** In a comment, Enter and Escape lead back to the codes; everything else is text. @param {KeyboardEvent} event */
  #inText(event) {
    const { frame } = this.bench;
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (!frame.root.contains(target)) return;
    if (event.key === "Escape" && frame.submit.open) return frame.submit.close();
    if (target === frame.selection.comment && event.key === "Escape") target.value = this.bench.event?.comment ?? "";
    if (event.key === "Escape" || (event.key === "Enter" && target === frame.selection.comment)) {
      event.preventDefault();
      target.blur();
      frame.focus();
    }
  }
}

/** Space and Enter on a button reached with Tab press that button. @param {KeyboardEvent} event */
function ownPress(event) {
  const target = event.target;
  if (target instanceof HTMLElement && /^(?:Arrow|Page|Home|End)/.test(event.key) && target.matches("input[type=range]:focus-visible")) return true;
  if ((event.key !== " " && event.key !== "Enter") || !(target instanceof HTMLElement)) return false;
  return target.matches("button:focus-visible, a:focus-visible, [role=button]:focus-visible");
}
