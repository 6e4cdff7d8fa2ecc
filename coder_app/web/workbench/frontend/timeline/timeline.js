// The timeline on the page: canvases, pointer and wheel. What it shows is told to it; what is pointed at it tells.
// @ts-check

import { h, say, show } from "../dom.js";
import { BandPointer } from "./band-pointer.js";
import { Layer } from "./layer.js";
import { Loops } from "./loops.js";
import { following, fitted, partsOf, rows as layRows, scrolled, timeAt, whole, xOf, zoomed } from "./layout.js";
import { NEAR_PX, drawHead, headOf, drawOverview, drawRows, drawWindow, overviewOf } from "./draw.js";
import { Moving, drawDragged } from "./overlay.js";
import { Pointer } from "./pointer.js";
import { TrackRows } from "./track-rows.js";

const OVERVIEW_PX = 26;
const FIRST_SPAN_US = 20_000_000;
const FLASH_MS = 180;
const TOUCHED_MOST = 20;

/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("./draw.js").Scene} Scene */
/**
 * @typedef {import("./pointer.js").Hear & {describe: (event: Event) => string, loops: () => import("./loops.js").Loop[],
 *   tracks: import("./track-rows.js").Hear, bands: import("./band-pointer.js").HearBands}} Hear
 */

export class Timeline {
  /** @type {import("./layout.js").Row[]} */
  rows = [];
  height = 0;
  now_us = 0;
  /** @type {{from_us: number, to_us: number} | null} */
  watching = null;
  #stale = true;
  #headStale = true;
  #tracksStale = true;
  #sizeStale = true;
  #scrolled_px = 0;
  #gutter_px = 0;
  #unflash = () => {};
  #stripStale = true;
  #stripBehind = false;
  /** Stretches that are to be drawn anew while the rest stands. @type {{from_us: number, to_us: number}[]} */
  #touched = [];
  /** Stretches drawn anew on the rows, and on the overview as soon as that catches up. @type {{from_us: number, to_us: number}[]} */
  #behind = [];
  /** What the overview shows, so that it is drawn only when that changes. */
  #overviewShows = "";

  /** @param {import("../scope.js").Scope} scope @param {Hear} hear */
  constructor(scope, hear) {
    this.scope = scope;
    this.hear = hear;
    /** @type {Scene} */
    this.scene = /** @type {any} */ ({ view: { from_us: 0, span_us: FIRST_SPAN_US, width_px: 1, end_us: 1 }, rows: [], film: null, sound: true, hide: "none", first_us: 0, bands: { list: [], selected: null } });
    this.overview = new Layer("wb-overview");
    this.overview.canvas.dataset.testid = "overview";
    this.strip = document.createElement("canvas");
    this.head = new Layer("wb-ruler");
    this.body = new Layer("wb-lanes");
    this.body.canvas.dataset.testid = "lanes";
    this.overlay = new Layer("wb-overlay");
    this.moving = new Moving();
    this.loops = new Loops();
    this.tracks = new TrackRows(scope, hear.tracks);
    this.flash = h("div.wb-flash", { "aria-hidden": "true" });
    this.labels = h("div.wb-labels");
    this.span = h("span.wb-span");
    this.stripName = h("span.wb-strip-name", { hidden: true }, "Episodes");
    this.scroller = h("div.wb-scroller", { tabindex: -1 }, this.labels, this.body.canvas);
    this.main = h("div.wb-tracks", {}, h("div.wb-headline", {}, h("div.wb-gutter", {}, this.span, this.stripName), this.head.canvas), this.tracks.element, this.scroller, this.loops.element, this.flash, this.moving.rows, this.moving.playhead, this.overlay.canvas);
    this.element = h("section.wb-timeline", { "aria-label": "Timeline" },
      h("div.wb-strip", {}, h("div.wb-gutter", {}, "Whole recording"), this.overview.canvas), this.main);
    this.paint = scope.painter(() => this.#draw());
    for (const box of [this.element, this.scroller]) scope.resized(box, () => this.#resized());
    scope.on(this.scroller, "scroll", () => {
      this.#scrolled_px = this.scroller.scrollTop;
      this.paint();
    });
    this.pointer = new Pointer(this, hear);
    this.bandPointer = new BandPointer(this, hear.bands);
    this.#listen();
  }

  /** What is shown from now on: rows, index, colours and what `Scene` asks for. @param {Partial<Scene>} scene @param {import("../protocol.js").Stream[]} [streams] */
  show(scene, streams) {
    const before = this.headPx;
    Object.assign(this.scene, scene);
    if (this.headPx !== before) this.#sizeStale = true;
    if (streams) this.#lay(streams);
    if (scene.wave || scene.film || scene.theme) this.#headStale = true;
    this.refresh();
  }

  /** Anything may have changed. */
  refresh() {
    this.#stale = this.#stripStale = true;
    this.#touched = [];
    this.paint();
  }

  /** These events changed or look different; an open one may do so up to the end. @param {Iterable<Event>} events */
  touch(events) {
    for (const { onset_us, offset_us, kind } of events) {
      if (onset_us === null) continue;
      this.#touched.push({ from_us: onset_us, to_us: kind === "point" ? onset_us : offset_us ?? this.scene.view.end_us });
    }
    if (this.#touched.length > TOUCHED_MOST) this.refresh();
    this.paint();
  }

  /** A stretch was watched: it is drawn, and the open bouts that reach on through it. @param {{from_us: number, to_us: number}} stretch */
  touchWatched({ from_us, to_us }) {
    const { index, endOf } = this.scene;
    this.#touched.push({ from_us, to_us });
    for (const lane of this.rows.flatMap((row) => row.lanes)) {
      const last = index.lane(lane.key).bouts.at(-1);
      if (last && last.offset_us === null && endOf(last) >= from_us) this.#touched.push({ from_us: /** @type {number} */ (last.onset_us), to_us: endOf(last) });
    }
    if (this.#touched.length > TOUCHED_MOST) this.refresh();
    this.paint();
  }

  /** The overview shows what the rows show: a moment after a key, whose own frame is to be short. */
  catchUp() {
    if (this.#behind.length + this.#touched.length === 0) return;
    this.#stripBehind = true;
    this.paint();
  }

  get headPx() {
    return headOf(this.scene) + this.tracks.seen_px;
  }

  /** The rows of what is measured, from now on. @param {import("./track-rows.js").TrackRow[]} rows */
  showTracks(rows) {
    if (this.tracks.show(rows)) this.#resized();
    this.element.classList.toggle("wb-measuring", rows.length > 0);
    this.redrawTracks();
  }

  /** There is more of what is measured. */
  redrawTracks() {
    this.#tracksStale = true;
    this.paint();
  }

  /** @param {import("./bands.js").Bands} bands the episodes, and which is selected */
  showBands(bands) {
    const before = this.headPx;
    this.scene.bands = bands;
    show(this.stripName, bands.list.length > 0);
    if (this.headPx !== before) this.#sizeStale = true;
    this.#headStale = true;
    this.refresh();
  }

  /** @param {number} end_us @param {number} first_us when the first frame of the video is */
  setEnd(end_us, first_us) {
    this.scene.first_us = first_us;
    this.#sizeStale = true;
    const whole = end_us <= 1.5 * FIRST_SPAN_US ? end_us : FIRST_SPAN_US;
    this.scene.view = fitted({ ...this.scene.view, end_us, span_us: whole });
  }

  /** @param {import("../protocol.js").Stream[]} streams */
  #lay(streams) {
    const { rows, height } = layRows(streams);
    Object.assign(this, { rows, height });
    this.scene.rows = rows;
    this.labels.replaceChildren(...rows.map((row) => this.#label(row)));
    this.labels.style.height = `${height}px`;
    this.#sizeStale = true;
  }

  /** @param {import("./layout.js").Row} row */
  #label(row) {
    const many = row.lanes.length > 1 || row.lanes[0]?.label;
    const lanes = row.lanes.filter((lane) => lane.label).map((lane) => {
      return h("span.wb-lane-name", { style: `top:${lane.top - row.top}px;height:${lane.height}px`, title: lane.label }, lane.label);
    });
    const name = h(`span.wb-row-name${many ? ".wb-many" : ""}`, { title: row.name }, row.name);
    return h("div.wb-row-label", { style: `top:${row.top}px;height:${row.height}px` }, name, ...lanes);
  }

  /** The playhead, and what is being watched. @param {number} now_us @param {{from_us: number, to_us: number} | null} watching */
  moveTo(now_us, watching) {
    this.now_us = now_us;
    this.watching = watching;
    if (!this.dragging && !this.pointer.busy && !this.bandPointer.busy) this.setView(following(this.scene.view, now_us));
    this.paint();
  }

  /** @param {import("./layout.js").View} view */
  setView(view) {
    if (view === this.scene.view) return;
    this.scene.view = view;
    this.#stale = this.#headStale = true;
    this.paint();
  }

  /** @param {number} factor */
  zoom(factor) {
    const { view } = this.scene;
    const inside = this.now_us >= view.from_us && this.now_us <= view.from_us + view.span_us;
    this.setView(zoomed(view, factor, inside ? this.now_us : view.from_us + view.span_us / 2));
  }

  /** Lights the place of a key press for a moment. @param {string} stream @param {number} at_us */
  flashAt(stream, at_us) {
    const row = this.rows.find((r) => r.stream === stream);
    if (!row) return;
    const x = this.#gutter_px + xOf(this.scene.view, at_us);
    const y = this.headPx + row.top - this.#scrolled_px;
    this.flash.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    this.flash.style.height = `${row.height}px`;
    this.flash.style.opacity = "1";
    this.#unflash();
    this.#unflash = this.scope.after(FLASH_MS, () => (this.flash.style.opacity = "0"));
  }

  #resized() {
    this.#sizeStale = true;
    this.refresh();
  }

  #listen() {
    const drag = (/** @type {Layer} */ layer, /** @type {(x: number) => number} */ toTime) => {
      this.scope.on(layer.canvas, "pointerdown", (event) => {
        if (event.button !== 0 || (layer === this.head && this.bandPointer.takes(event))) return;
        layer.canvas.setPointerCapture(event.pointerId);
        this.dragging = layer;
        this.hear.onSeek(toTime(event.offsetX));
      });
      this.scope.on(layer.canvas, "pointermove", (event) => this.dragging === layer && this.hear.onSeek(toTime(event.offsetX)));
      for (const type of ["pointerup", "pointercancel"]) this.scope.on(layer.canvas, type, () => (this.dragging = null));
    };
    const { scene } = this;
    drag(this.head, (x) => timeAt(scene.view, x));
    drag(this.tracks.layer, (x) => timeAt(scene.view, x));
    this.scope.on(this.tracks.layer.canvas, "pointermove", ({ offsetX, offsetY }) => this.tracks.name(scene.view, offsetX, offsetY));
    drag(this.overview, (x) => (x / Math.max(1, this.overview.width)) * scene.view.end_us);
    this.scope.on(this.main, "wheel", (event) => this.#wheel(event), { passive: false });
  }

  /** @type {Layer | null} */
  dragging = null;

  /** What is dragged stays where it was. @returns {boolean} whether anything was */
  cancelDrag() {
    return this.pointer.cancel() || this.bandPointer.cancel();
  }

  /** @param {Event | null} event */
  hover(event) {
    const id = event?.id ?? null;
    const before = this.scene.hovered;
    if (id === before) return;
    this.scene.hovered = id;
    this.body.canvas.title = event ? this.hear.describe(event) : "";
    this.touch([before === null ? null : this.scene.index.get(before), event].filter((e) => e !== null && e !== undefined));
  }

  /** @param {Event[]} before @param {Event[]} events the selected ones from now on */
  select(before, events) {
    this.scene.chosen = new Set(events.map((event) => event.id));
    this.touch([...before, ...events]);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if ([this.labels, this.tracks.labels].some((labels) => labels.contains(/** @type {Node} */ (event.target)))) return;
    event.preventDefault();
    const { view } = this.scene;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    if (sideways !== 0) return this.setView(scrolled(view, (sideways / view.width_px) * view.span_us));
    const x = event.clientX - this.head.canvas.getBoundingClientRect().left;
    this.setView(zoomed(view, Math.exp(event.deltaY * 0.0016), timeAt(view, Math.max(0, x))));
  }

  #draw() {
    const { scene } = this;
    if (!scene.theme || !scene.index) return;
    const sized = this.#sizeStale && this.#fit();
    const width = scene.view.width_px;
    if (width <= 1) return;
    if (this.#headStale || sized) {
      drawHead(this.head.context, scene);
      say(this.span, `${(scene.view.span_us / 1_000_000).toFixed(1)} s shown`);
    }
    if (this.#tracksStale || this.#headStale || sized) this.tracks.draw(scene.view, scene);
    this.#tracksStale = false;
    if (this.#stale || sized) drawRows(this.body.context, scene, this.height);
    this.#drawTouched(this.#stale || sized);
    if (this.#stripStale || sized) this.#fitStrip();
    if (this.#stripStale || this.#stripBehind || sized) this.#drawStrip(this.#stripStale || sized);
    this.#stale = this.#headStale = this.#stripStale = this.#stripBehind = false;
    this.#drawOverview(width);
    this.#drawMoving();
  }

  /** @param {boolean} drawn whether all of it was drawn already */
  #drawTouched(drawn) {
    const { scene } = this;
    for (const part of drawn ? [] : partsOf(scene.view, this.#touched, NEAR_PX)) drawRows(this.body.context, scene, this.height, part);
    this.#behind.push(...this.#touched.splice(0));
    if (this.#behind.length > TOUCHED_MOST) this.#stripStale = true;
  }

  /** The events of the whole recording, in one strip. @param {boolean} all or only where it is behind */
  #drawStrip(all) {
    const view = overviewOf(this.scene.view);
    const behind = this.#behind.splice(0);
    for (const part of all ? [whole(view)] : partsOf(view, behind, 1)) drawOverview(this.#strip(), this.scene, OVERVIEW_PX, part);
    this.#overviewShows = "";
  }

  /** Fits the canvases to the page, which has to be measured for it. @returns {boolean} whether any had to change */
  #fit() {
    this.#gutter_px = this.labels.offsetWidth;
    const width = this.scroller.clientWidth - this.#gutter_px;
    if (width <= 0) return false;
    this.#sizeStale = false;
    this.scene.view.width_px = width;
    const changed = [
      this.tracks.fit(width), this.head.fit(width, headOf(this.scene)), this.body.fit(width, this.height), this.overview.fit(width, OVERVIEW_PX),
      this.overlay.fit(width, this.headPx + this.scroller.clientHeight),
    ];
    this.moving.rows.style.width = `${width}px`;
    this.moving.rows.style.top = `${this.headPx}px`;
    return changed.some(Boolean);
  }

  /** The events of the whole recording, kept as a picture of the overview's size. */
  #fitStrip() {
    const { canvas, ratio } = this.overview;
    if (this.strip.width === canvas.width && this.strip.height === canvas.height) return;
    this.strip.width = canvas.width;
    this.strip.height = canvas.height;
    this.#strip().setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  #strip() {
    return /** @type {CanvasRenderingContext2D} */ (this.strip.getContext("2d"));
  }

  /** @param {number} width */
  #drawOverview(width) {
    const { scene } = this;
    const { context } = this.overview;
    const x = Math.round(xOf(overviewOf(scene.view), this.now_us));
    const shows = `${x} ${scene.view.from_us} ${scene.view.span_us} ${width}`;
    if (shows === this.#overviewShows) return;
    this.#overviewShows = shows;
    context.clearRect(0, 0, width, OVERVIEW_PX);
    context.drawImage(this.strip, 0, 0, width, OVERVIEW_PX);
    drawWindow(context, scene, OVERVIEW_PX);
    context.fillStyle = scene.theme.text;
    context.fillRect(x - 0.5, 0, 1.5, OVERVIEW_PX);
  }

  #drawMoving() {
    const { now_us, watching, overlay, pointer } = this;
    const top = this.headPx - this.#scrolled_px;
    this.loops.update(this.scene.view, this.hear.loops());
    this.moving.update(this.scene, { now_us, watching, top: -this.#scrolled_px });
    show(overlay.canvas, pointer.shown !== null);
    if (pointer.shown === null) return;
    drawDragged(overlay.context, this.scene, pointer.shown, (event) => pointer.laneOf(event), { top, head: this.headPx, height: overlay.height });
  }
}
