// The mouse on the rows of the timeline: click, drag of an event or its edges, rubber band. What is dragged is drawn over the rows;
// the coding hears of it once, when the button is let go.
// @ts-check

import { eventAt } from "./hit.js";
import { laneKey, timeAt } from "./layout.js";
import { gripAt, inBand, movable, onFrame, shifted, snapped, withEdge } from "./drag.js";

const BEGINS_PX = 3;

/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("./drag.js").Moved} Moved */
/**
 * @typedef {{
 *   onSeek: (t_us: number) => void, onSelect: (event: Event | null) => void, onOpen: (event: Event) => void,
 *   onToggle: (event: Event) => void, onRange: (event: Event) => void, onBand: (events: Event[], add: boolean) => void,
 *   mayDrag: () => boolean, onPreview: (t_us: number) => void, onDrop: (moved: Moved[]) => void, frames: () => import("./drag.js").Frames | null,
 *   chosen: () => Event[],
 * }} Hear
 * @typedef {{moved: Moved[], at_us: number | null, band: {x: number, y: number, width: number, height: number} | null}} Shown
 * @typedef {{x: number, y: number, t_us: number, event: Event | null, grip: import("./drag.js").Grip, begun: boolean, add: boolean, back_us: number}} Press
 */

export class Pointer {
  /** @type {Press | null} */
  #press = null;
  /** What is drawn over the rows meanwhile. @type {Shown | null} */
  shown = null;

  /** @param {import("./timeline.js").Timeline} timeline @param {Hear} hear */
  constructor(timeline, hear) {
    this.timeline = timeline;
    this.hear = hear;
    const { scope, body } = timeline;
    scope.on(body.canvas, "pointerdown", (event) => this.#down(event));
    scope.on(body.canvas, "pointermove", (event) => this.#move(event));
    scope.on(body.canvas, "pointerup", (event) => this.#up(event));
    scope.on(body.canvas, "pointercancel", () => this.cancel());
    scope.on(body.canvas, "pointerleave", () => this.#press || timeline.hover(null));
    scope.on(body.canvas, "dblclick", (event) => {
      const found = this.#hit(event);
      if (found) hear.onOpen(found);
    });
  }

  /** Something is being dragged or drawn round. */
  get busy() {
    return this.#press?.begun ?? false;
  }

  /** Nothing happened. @returns {boolean} whether something was under way */
  cancel() {
    const press = this.#press;
    this.#press = null;
    if (!press?.begun) return false;
    if (press.event) this.hear.onPreview(press.back_us);
    this.#show(null);
    return true;
  }

  /** @param {PointerEvent} event */
  #hit(event) {
    const { scene, rows } = this.timeline;
    return eventAt({ ...scene, rows }, event.offsetX, event.offsetY);
  }

  /** @param {Event} event */
  #endOf(event) {
    return this.timeline.scene.endOf(event);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    const { view } = this.timeline.scene;
    const found = this.#hit(event);
    const [x, y] = [event.offsetX, event.offsetY];
    const add = event.ctrlKey || event.metaKey || event.shiftKey;
    const grip = found ? gripAt(view, found, this.#endOf(found), x) : "body";
    this.#press = { x, y, t_us: timeAt(view, x), event: found, grip, begun: false, add, back_us: this.timeline.now_us };
    this.timeline.body.canvas.setPointerCapture(event.pointerId);
    if (!found) return;
    if (event.shiftKey) this.hear.onRange(found);
    else if (add) this.hear.onToggle(found);
    else if (grip !== "body" || !this.hear.chosen().some((one) => one.id === found.id)) this.hear.onSelect(found);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const press = this.#press;
    if (!press) return this.#hover(event);
    if (!press.begun) {
      const near = Math.abs(event.offsetX - press.x) < BEGINS_PX && (press.event !== null || Math.abs(event.offsetY - press.y) < BEGINS_PX);
      const allowed = !press.event || (!press.add && this.hear.mayDrag());
      if (near || !allowed) return;
      press.begun = true;
      this.timeline.hover(null);
    }
    if (press.event) this.#drag(press, press.event, event);
    else this.#band(press, event);
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    const found = this.#hit(event);
    this.timeline.hover(found);
    const grip = found && this.hear.mayDrag() ? gripAt(this.timeline.scene.view, found, this.#endOf(found), event.offsetX) : null;
    const cursor = grip === null ? (found ? "pointer" : "default") : grip === "body" ? "grab" : "ew-resize";
    const { style } = this.timeline.body.canvas;
    if (style.cursor !== cursor) style.cursor = cursor;
  }

  /** @param {Press} press @param {Event} event @param {PointerEvent} pointer */
  #drag(press, event, pointer) {
    const frames = this.hear.frames();
    if (!frames) return;
    const { scene } = this.timeline;
    const chosen = this.hear.chosen();
    const all = press.grip === "body" && chosen.some((one) => one.id === event.id) ? chosen : [event];
    const by_us = timeAt(scene.view, pointer.offsetX) - press.t_us;
    const around = { view: scene.view, lanes: this.#lanes(), endOf: scene.endOf, now_us: press.back_us, held: new Set(all.map((one) => one.id)) };
    const snap = (/** @type {number} */ t_us) => (pointer.altKey ? null : snapped(around, t_us));
    this.timeline.body.canvas.style.cursor = press.grip === "body" ? "grabbing" : "ew-resize";
    if (press.grip !== "body") {
      const end_us = event.offset_us === null && press.grip === "onset" ? frames.end_us : this.#endOf(event);
      const to_us = (press.grip === "onset" ? /** @type {number} */ (event.onset_us) : end_us) + by_us;
      const moved = withEdge(event, end_us, press.grip, snap(to_us) ?? onFrame(frames, to_us, press.grip === "offset"), frames);
      const at_us = /** @type {number} */ (press.grip === "onset" ? moved.onset_us : moved.offset_us);
      return this.#show({ moved: [moved], at_us, band: null }, at_us);
    }
    const moved = this.#moved(event, all, by_us, snap, frames);
    const own = moved.find((one) => one.event.id === event.id) ?? moved[0];
    this.#show({ moved, at_us: own.onset_us, band: null }, own.onset_us);
  }

  /** Snaps with either end of the event that is held. @param {Event} event @param {Event[]} all @param {number} by_us @param {(t_us: number) => number | null} snap @param {import("./drag.js").Frames} frames */
  #moved(event, all, by_us, snap, frames) {
    const ends = event.offset_us === null ? [event.onset_us] : [event.onset_us, event.offset_us];
    const snaps = ends.map((end) => [snap(/** @type {number} */ (end) + by_us), /** @type {number} */ (end)]).filter(([to]) => to !== null);
    const tries = snaps.map(([to, end]) => /** @type {number} */ (to) - /** @type {number} */ (end));
    const best = tries.sort((a, b) => Math.abs(a - by_us) - Math.abs(b - by_us))[0] ?? by_us;
    return shifted(all, movable(all, this.timeline.scene.endOf, best, frames), frames);
  }

  #lanes() {
    return this.timeline.rows.flatMap((row) => row.lanes.map((lane) => this.timeline.scene.index.lane(lane.key)));
  }

  /** @param {Press} press @param {PointerEvent} pointer */
  #band(press, pointer) {
    const [x, y] = [Math.min(press.x, pointer.offsetX), Math.min(press.y, pointer.offsetY)];
    const band = { x, y, width: Math.abs(pointer.offsetX - press.x), height: Math.abs(pointer.offsetY - press.y) };
    this.#show({ moved: [], at_us: null, band });
  }

  /** @param {Shown | null} shown @param {number} [preview_us] */
  #show(shown, preview_us) {
    const before = this.shown?.at_us;
    this.shown = shown;
    this.timeline.paint();
    if (preview_us !== undefined && preview_us !== before) this.hear.onPreview(preview_us);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const [press, shown] = [this.#press, this.shown];
    this.#press = null;
    if (!press) return;
    if (!press.begun) return this.#clicked(press);
    this.#show(null);
    this.#hover(event);
    if (shown?.band) return this.hear.onBand(this.#inBand(shown.band), press.add);
    const moved = (shown?.moved ?? []).filter((one) => one.onset_us !== one.event.onset_us || one.offset_us !== one.event.offset_us);
    if (moved.length > 0) this.hear.onDrop(moved);
  }

  /** @param {Press} press */
  #clicked({ event, add, grip, t_us }) {
    if (event && !add && grip === "body") this.hear.onSelect(event);
    if (event || add) return;
    this.hear.onSeek(t_us);
    this.hear.onSelect(null);
  }

  /** @param {{x: number, y: number, width: number, height: number}} band */
  #inBand({ x, y, width, height }) {
    const { view, index, endOf } = this.timeline.scene;
    const lanes = this.timeline.rows.flatMap((row) => row.lanes).filter((lane) => lane.top < y + height && lane.top + lane.height > y);
    return inBand(lanes.map((lane) => index.lane(lane.key)), endOf, timeAt(view, x), timeAt(view, x + width));
  }

  /** The lane an event is drawn in. @param {Event} event */
  laneOf(event) {
    const stream = this.timeline.scene.index.streams.get(event.stream);
    const key = stream && laneKey(stream, event.code);
    return this.timeline.rows.flatMap((row) => row.lanes).find((lane) => lane.key === key) ?? null;
  }
}
