// Several events at once: choosing them, moving, copying, merging, splitting.
// @ts-check

import { Prompt } from "../panels/prompt.js";
import { stepOf } from "../arranging.js";
import { fitted } from "../timeline/layout.js";

const AROUND = 0.08;

/** @param {import("../controls.js").Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function arranging(controls) {
  const { bench } = controls;
  /** @type {Prompt | null} */
  let prompt = null;
  const shift = () => {
    prompt ??= new Prompt(bench.scope, bench.frame.timeline.element, () => bench.frame.focus());
    prompt.ask("Shift by", "12f or -0.5 s", (text) => {
      const step = stepOf(text);
      if (step) bench.arranging.shift(step);
      return step ? null : "Frames as 12f or -3f, seconds as 1.5 or -0.2.";
    });
  };
  return {
    selectAll: () => bench.arranging.all(),
    extendForward: () => bench.arranging.extend(1),
    extendBack: () => bench.arranging.extend(-1),
    copy: () => void bench.arranging.copy(),
    cut: () => void (bench.arranging.copy() && bench.arranging.remove()),
    paste: () => bench.arranging.paste(),
    shift: () => (bench.arranging.timed.length > 0 ? shift() : bench.say("No event is selected.")),
    merge: () => bench.arranging.merge(),
    split: () => bench.arranging.split(),
    table: () => bench.frame.list.focus(),
    filterTable: () => bench.frame.list.text.focus(),
    zoomSelection: () => zoomSelection(controls),
  };
}

/** @param {import("../controls.js").Controls} controls */
function zoomSelection({ bench }) {
  const { extent } = bench.arranging;
  if (!extent) return bench.say("No event is selected.");
  const { timeline } = bench.frame;
  const span_us = Math.max(extent.to_us - extent.from_us, 400_000) * (1 + 2 * AROUND);
  timeline.setView(fitted({ ...timeline.scene.view, span_us, from_us: (extent.from_us + extent.to_us - span_us) / 2 }));
  bench.say(bench.arranging.describe());
}
