// The onset or offset that comes next, of any event of any stream.
// @ts-check

/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {{event: Event, edge: "onset" | "offset", t_us: number}} Boundary */

/**
 * @param {readonly Event[]} events by onset; those without come first @param {number} from_us boundaries before it do not count
 * @returns {Boundary | null} the first from there on
 */
export function boundaryFrom(events, from_us) {
  /** @type {Boundary | null} */
  let best = null;
  for (const event of events) {
    const { onset_us, offset_us } = event;
    if (onset_us === null) continue;
    if (best !== null && onset_us >= best.t_us) break;
    if (onset_us >= from_us) best = { event, edge: "onset", t_us: onset_us };
    else if (offset_us !== null && offset_us >= from_us && (best === null || offset_us < best.t_us)) {
      best = { event, edge: "offset", t_us: offset_us };
    }
  }
  return best;
}

/** @param {readonly Event[]} events by onset @param {number} before_us @returns {Boundary | null} the last before that instant */
export function boundaryBefore(events, before_us) {
  /** @type {Boundary | null} */
  let best = null;
  for (const event of events) {
    const { onset_us, offset_us } = event;
    if (onset_us === null) continue;
    if (onset_us >= before_us) break;
    if (best === null || onset_us >= best.t_us) best = { event, edge: "onset", t_us: onset_us };
    if (offset_us !== null && offset_us < before_us && offset_us > best.t_us) best = { event, edge: "offset", t_us: offset_us };
  }
  return best;
}
