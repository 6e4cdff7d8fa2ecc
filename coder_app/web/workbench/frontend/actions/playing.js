// Play, step, jump.
// @ts-check

import { scrolled } from "../timeline/layout.js";

const SECOND_US = 1_000_000;

/** @param {import("../controls.js").Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function playing(controls) {
  const here = () => {
    const { player } = controls;
    return player.target === null ? player.time_us : player.table.timeOf(player.target);
  };
  const by = (/** @type {number} */ us) => () => controls.seekTime(here() + us);
  return {
    toggle: () => void controls.player.toggle(),
    frameForward: (held) => controls.player.step(1, held),
    frameBack: (held) => controls.player.step(-1, held),
    secondForward: by(SECOND_US),
    secondBack: by(-SECOND_US),
    slower: () => controls.player.faster(-1),
    faster: () => controls.player.faster(1),
    start: () => void controls.player.seek(0),
    end: () => void controls.player.seek(controls.player.table.length - 1),
    pageForward: () => page(controls, 1),
    pageBack: () => page(controls, -1),
  };
}

/** One window of the timeline on, with the picture. @param {import("../controls.js").Controls} controls @param {number} by */
function page(controls, by) {
  const { timeline } = controls.bench.frame;
  const { view } = timeline.scene;
  timeline.setView(scrolled(view, by * view.span_us));
  controls.seekTime(controls.player.time_us + by * view.span_us);
}
