// The coder's own reaction time: taken off from now on, or what was taken off put back.
// @ts-check

import { get } from "../api.js";
import { newId } from "../ids.js";
import { address } from "../protocol.js";
import { MOST_MS, movesBack, msOf } from "../reaction.js";

/** @typedef {import("../controls.js").Controls} Controls */

/** @param {Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function reacting(controls) {
  const { bench } = controls;
  return { reaction: () => ask(controls), reactionBack: () => void putBack(bench) };
}

/** @param {Controls} controls */
function ask(controls) {
  const { bench, player } = controls;
  player.pause();
  bench.frame.wording.ask("Own reaction time in ms, 0 for off", (text) => {
    const ms = msOf(text);
    if (ms === null) return bench.say(`"${text}" is none: type 0 to ${MOST_MS} ms, or off.`);
    bench.reaction.set(ms);
  }, String(bench.reaction.ms));
}

/** Every edge that still lies where a corrected key put it goes to the frame that was on the screen then: one gesture, undone at once.
 *  @param {import("../workbench.js").Workbench} bench */
async function putBack(bench) {
  const { session } = bench;
  if (!session.writable) return bench.say(session.why);
  try {
    await session.settled();
    const { corrections } = await get(address("corrections", session.id));
    const { done, left } = move(session, corrections);
    if (done + left === 0) return bench.say("Nothing lies where your reaction time was taken off.");
    const rest = left > 0 ? `, ${left} left where something else lies now` : "";
    bench.say(`${done === 1 ? "1 edge" : `${done} edges`} put back to what was on the screen${rest}`);
  } catch (error) {
    bench.say(`Not put back: ${/** @type {Error} */ (error).message}`);
  }
}

/** The latest first, so that each has room for the one before it. @param {import("../session.js").Session} session @param {import("../reaction.js").Correction[]} corrections */
function move(session, corrections) {
  const group = newId();
  let [done, left] = [0, 0];
  for (const correction of [...corrections].reverse().sort((a, b) => b.at_us - a.at_us)) {
    const found = movesBack(session.coding, correction);
    left += found.left;
    for (const { id, edge, to_us } of found.moves) {
      const now = session.coding.events.get(id); // in an exhaustive stream it follows its neighbour
      if (now && (now[edge] === to_us || session.perform("change", { event: { ...now, [edge]: to_us } }, group))) done += 1;
    }
  }
  return { done, left };
}
