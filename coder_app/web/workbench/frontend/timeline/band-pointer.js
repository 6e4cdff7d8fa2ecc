// The mouse on the episodes: along their strip to select, draw, move and resize; anywhere on the head of the timeline with Alt to draw.
// The server hears of a change once, when the button is let go.
// @ts-check

import { drawn, edgeTo, episodeAt, movedBy, placed } from "../episode-rules.js";
import { stripOf } from "./bands.js";
import { gripAt, snapped } from "./drag.js";
import { headOf } from "./draw.js";
import { timeAt } from "./layout.js";

const BEGINS_PX = 3;
const REACH_PX = 6;

/** @typedef {import("../protocol.js").Episode} Episode */
/**
 * @typedef {{
 *   list: () => Episode[], fixed: () => string | null, onShow: (list: Episode[] | null, selected: string | null) => void,
 *   onDraw: (onset_us: number, offset_us: number) => void, onChange: (list: Episode[], one: Episode) => void, onEdit: (one: Episode) => void,
 *   onSelect: (one: Episode) => void, onPreview: (t_us: number) => void, onSeek: (t_us: number) => void, onSay: (text: string) => void,
 *   frames: () => import("./drag.js").Frames | null,
 * }} HearBands
 * @typedef {{x: number, t_us: number, one: Episode | null, grip: import("./drag.js").Grip, begun: boolean, back_us: number,
 *   before: Episode[], made: Episode | {onset_us: number, offset_us: number} | null, draws: boolean}} Press
 */

export class BandPointer {
  /** @type {Press | null} */
  #press = null;

  /** @param {import("./timeline.js").Timeline} timeline @param {HearBands} hear */
  constructor(timeline, hear) {
    this.timeline = timeline;
    this.hear = hear;
    const { scope, head } = timeline;
    scope.on(head.canvas, "pointerdown", (event) => this.takes(event) && this.#down(event));
    scope.on(head.canvas, "pointermove", (event) => (this.#press ? this.#move(this.#press, event) : this.#hover(event)));
    scope.on(head.canvas, "pointerup", () => this.#up());
    scope.on(head.canvas, "pointercancel", () => this.cancel());
    scope.on(head.canvas, "dblclick", (event) => {
      const one = this.#inStrip(event) ? this.#hit(event.offsetX) : null;
      if (one) hear.onEdit(one);
    });
  }

  get busy() {
    return this.#press?.begun ?? false;
  }

  /** Whether a press here is about episodes and not about the playhead. @param {PointerEvent} event */
  takes(event) {
    return event.button === 0 && (event.altKey || this.#inStrip(event));
  }

  /** Nothing happened. @returns {boolean} whether something was under way */
  cancel() {
    const press = this.#press;
    this.#press = null;
    if (!press?.begun) return false;
    this.hear.onShow(null, press.one?.id ?? null);
    this.hear.onPreview(press.back_us);
    return true;
  }

  /** @param {MouseEvent} event */
  #inStrip({ offsetY }) {
    const { scene } = this.timeline;
    const head = headOf(scene);
    return offsetY >= head - stripOf(scene.bands) && offsetY < head;
  }

  /** The one at these pixels; near an edge between two that of the side the pointer is on. @param {number} x_px */
  #hit(x_px) {
    const { view } = this.timeline.scene;
    const near = [x_px, x_px - REACH_PX, x_px + REACH_PX].map((x) => episodeAt(this.hear.list(), timeAt(view, x)));
    return near.find((one) => one !== null) ?? null;
  }

  /** @param {Episode} one @param {number} x_px */
  #gripOf(one, x_px) {
    return gripAt(this.timeline.scene.view, /** @type {any} */ ({ ...one, kind: "state" }), one.offset_us, x_px);
  }

  /** @param {MouseEvent} event */
  #hover(event) {
    const { style } = this.timeline.head.canvas;
    const one = this.#inStrip(event) && !event.altKey ? this.#hit(event.offsetX) : null;
    const grip = one && this.hear.fixed() === null ? this.#gripOf(one, event.offsetX) : null;
    const free = event.altKey || this.#inStrip(event) ? "crosshair" : "";
    const cursor = grip === null ? (one ? "pointer" : free) : grip === "body" ? "grab" : "ew-resize";
    if (style.cursor !== cursor) style.cursor = cursor;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const { view } = this.timeline.scene;
    const [x, before] = [event.offsetX, this.hear.list()];
    const one = event.altKey ? null : this.#hit(x);
    const grip = one ? this.#gripOf(one, x) : "body";
    this.#press = { x, t_us: timeAt(view, x), one, grip, begun: false, back_us: this.timeline.now_us, before, made: null, draws: one === null };
    this.timeline.head.canvas.setPointerCapture(event.pointerId);
    if (one) this.hear.onSelect(one);
  }

  /** @param {Press} press @param {PointerEvent} event */
  #move(press, event) {
    const frames = this.hear.frames();
    if (frames === null || (!press.begun && Math.abs(event.offsetX - press.x) < BEGINS_PX)) return;
    if (!press.begun && !this.#mayBegin(press)) return;
    press.begun = true;
    const to_us = timeAt(this.timeline.scene.view, event.offsetX);
    const snap = (/** @type {number} */ t_us) => (event.altKey && !press.draws ? t_us : this.#snap(press, t_us));
    if (press.one === null) this.#draw(press, snap(to_us), frames);
    else if (press.grip === "body") this.#carry(press, press.one, to_us - press.t_us, frames);
    else this.#resize(press, press.one, press.grip, snap(to_us), frames);
  }

  /** @param {Press} press */
  #mayBegin({ one, before, t_us }) {
    const here = one === null ? episodeAt(before, t_us) : null;
    const why = this.hear.fixed() ?? (here ? `${here.name} is here already. Begin where no episode is.` : null);
    if (why === null) return true;
    this.#press = null;
    this.hear.onSay(why);
    return false;
  }

  /** @param {Press} press @param {number} to_us @param {import("./drag.js").Frames} frames */
  #draw(press, to_us, frames) {
    const times = drawn(press.before, press.t_us, this.#snap(press, press.t_us), to_us, frames);
    press.made = times;
    const one = times && { id: "drawn", name: "", ...times };
    this.hear.onShow(one ? placed(press.before, one) : press.before, "drawn");
    this.hear.onPreview(to_us);
  }

  /** @param {Press} press @param {Episode} one @param {"onset" | "offset"} edge @param {number} to_us @param {import("./drag.js").Frames} frames */
  #resize(press, one, edge, to_us, frames) {
    const made = edgeTo(press.before, one, edge, to_us, frames);
    press.made = made;
    this.hear.onShow(placed(press.before, made), one.id);
    this.hear.onPreview(edge === "onset" ? made.onset_us : made.offset_us);
  }

  /** @param {Press} press @param {Episode} one @param {number} by_us @param {import("./drag.js").Frames} frames */
  #carry(press, one, by_us, frames) {
    const made = movedBy(press.before, one, by_us, frames);
    press.made = made;
    this.hear.onShow(placed(press.before, made), one.id);
    this.hear.onPreview(made.onset_us);
  }

  /** To the playhead as it was, and to boundaries of events and of the other episodes. @param {Press} press @param {number} t_us */
  #snap({ before, one, back_us }, t_us) {
    const { scene, rows } = this.timeline;
    const lanes = rows.flatMap((row) => row.lanes.map((lane) => scene.index.lane(lane.key)));
    const others = before.filter((other) => other.id !== one?.id).map((other) => /** @type {any} */ ({ ...other, kind: "state" }));
    const endOf = (/** @type {any} */ event) => ("name" in event ? event.offset_us : scene.endOf(event));
    return snapped({ view: scene.view, lanes: [...lanes, { bouts: others, points: [] }], endOf, now_us: back_us, held: new Set() }, t_us) ?? t_us;
  }

  #up() {
    const press = this.#press;
    this.#press = null;
    if (!press) return;
    const { one, made, before, begun } = press;
    if (!begun) return one === null ? this.hear.onSeek(press.t_us) : undefined;
    if (made === null) return this.hear.onShow(null, null);
    if (!("id" in made)) return this.hear.onDraw(made.onset_us, made.offset_us);
    const same = made.onset_us === one?.onset_us && made.offset_us === one.offset_us;
    if (same) this.hear.onShow(null, made.id);
    else this.hear.onChange(placed(before, made), made);
  }
}
