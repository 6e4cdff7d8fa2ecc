// The selected event: its edges, its code, what is said of it.
// @ts-check

/** @typedef {import("../controls.js").Controls} Controls */

/** @param {Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function editing(controls) {
  const { bench } = controls;
  const by = (/** @type {"onset" | "offset"} */ edge, /** @type {number} */ frames) => (/** @type {boolean} */ held) => nudge(controls, edge, frames, held);
  const here = (/** @type {"onset" | "offset"} */ edge) => () => controls.with((event) => bench.marks.edgeTo(event, edge, controls.player.read()));
  return {
    onsetBack: by("onset", -1),
    onsetForward: by("onset", 1),
    offsetBack: by("offset", -1),
    offsetForward: by("offset", 1),
    onsetHere: here("onset"),
    offsetHere: here("offset"),
    recode: () => controls.with((event) => controls.ask({ kind: "recode", id: event.id })),
    modifiers: () => controls.with((event) => controls.ask({ kind: "modifiers", id: event.id })),
    comment: () => controls.with((event) => bench.frame.writeComment(event)),
    unsure: () => controls.with((event) => bench.arranging.change({ unsure: !event.unsure }, event.unsure ? "Sure" : "Unsure")),
    remove: () => controls.with(() => bench.arranging.remove()),
    undo: () => bench.session.undo() && bench.say("Undone"),
    redo: () => bench.session.redo() && bench.say("Done again"),
  };
}

/** @param {Controls} controls @param {"onset" | "offset"} edge @param {number} frames @param {boolean} held */
function nudge(controls, edge, frames, held) {
  controls.with((event) => {
    const at_us = controls.bench.marks.nudge(event, edge, frames, held);
    if (at_us !== null && !controls.player.playing) controls.seekTime(at_us);
  });
}
