// Regions of the picture, over the picture: drawn, moved and sized with the mouse or by keys; and the list of them.
// @ts-check

import { button, h, keycap, mark, say, show } from "../dom.js";
import { hint, keyOf, takesText } from "../keys.js";
import { CORNERS, drawnBox, isHidden, middleBox, movedBox, opposite, placeWords, sizedBox } from "../region-box.js";

const STEP = 100;
const FINE = 10;
const DRAG_PX = 4;
const ARROWS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });

/** @typedef {import("../region-box.js").Box} Box */
/** @typedef {import("../region-box.js").Point} Point */
/** @typedef {import("../tracks.js").Region} Region */
/** @typedef {{id: string | null, name: string, box: Box}} Draft `id` null: a new one */
/** @typedef {{at: [number, number], from: Point, begun: boolean, become: (to: Point) => Draft}} Drag */

export class Regions {
  /** What is being drawn or changed. @type {Draft | null} */
  draft = null;
  /** @type {string | null} */
  chosen = null;
  /** The region whose removal was asked for once. @type {string | null} */
  #doomed = null;
  /** @type {Drag | null} */
  #drag = null;
  /** The draft whose answer is awaited. @type {Draft | null} */
  #sent = null;
  /** Opened to draw one region, and closed after it. */
  #once = false;

  /** @param {import("../workbench.js").Workbench} bench @param {import("./stage.js").Stage} stage @param {() => void} onClose gives the keys back */
  constructor(bench, stage, onClose) {
    this.bench = bench;
    this.onClose = onClose;
    const { scope } = bench;
    this.picture = h("div.wb-regions", { hidden: true, "data-testid": "regions" });
    this.rows = h("div.wb-region-rows", { role: "listbox", "aria-label": "Regions of the picture", tabindex: 0 });
    this.empty = h("p.wb-faint", {}, "No region yet. Draw one with the mouse on the picture.");
    this.told = h("p.wb-region-told");
    const tool = (/** @type {string} */ name, /** @type {string} */ key, /** @type {() => void} */ run) => {
      const made = button("wb-small", {}, name, " ", keycap(key));
      scope.on(made, "click", run);
      return made;
    };
    this.add = button("wb-small", { title: hint("region"), "data-command": "region" }, "New ", keycap(keyOf("region"), "region"));
    scope.on(this.add, "click", () => bench.controls.run("region"));
    this.tools = [tool("Place", "Enter", () => this.#begin()), tool("Name", "F2", () => this.#name()), tool("Remove", "Del", () => this.#remove())];
    this.draftTools = h("div.wb-tool-foot", {}, tool("Keep", "Enter", () => void this.#keep()), tool("Leave", "Esc", () => this.#leave()));
    this.listTools = h("div.wb-tool-foot", {}, this.add, ...this.tools, tool("Close", "Esc", () => this.close()));
    this.panel = h("div.wb-tool-panel.wb-region-panel", { role: "group", "aria-label": "Regions of the picture", hidden: true, "data-testid": "region-panel" },
      this.empty, this.rows, this.told, this.draftTools, this.listTools);
    stage.picture.append(this.picture);
    scope.on(this.picture, "pointerdown", (event) => this.#down(event));
    scope.on(this.picture, "pointermove", (event) => this.#move(event));
    for (const type of ["pointerup", "pointercancel"]) scope.on(this.picture, type, (event) => this.#up(event));
    scope.on(this.rows, "click", (event) => this.#choose(/** @type {HTMLElement} */ (event.target).closest("[data-region]")?.getAttribute("data-region") ?? null));
    scope.on(this.rows, "dblclick", () => this.#begin());
  }

  get open() {
    return !this.panel.hidden;
  }

  get #region() {
    return this.bench.tracks.regions.find(({ id }) => id === this.chosen) ?? null;
  }

  toggle() {
    if (this.open) return this.close();
    this.#once = false;
    this.#open();
    this.chosen ??= this.bench.tracks.regions[0]?.id ?? null;
    this.show();
    this.rows.focus({ preventScroll: true });
    this.bench.say(this.#region ? this.#words(this.#region) : "No region is drawn yet");
  }

  /** Opens the list at a region. @param {string} id */
  openAt(id) {
    this.#once = false;
    this.chosen = id;
    this.#open();
    this.show();
  }

  /** A new region in the middle of the picture, to be moved. */
  draw() {
    if (!this.open) this.#once = true;
    this.#open();
    this.draft = { id: null, name: "", box: middleBox(this.bench.pass.hide) };
    this.onClose();
    this.show();
    this.#tellDraft();
  }

  #open() {
    if (this.bench.frame.tools.open) this.bench.frame.tools.close();
    this.panel.hidden = this.picture.hidden = false;
    this.#doomed = null;
  }

  close() {
    this.panel.hidden = this.picture.hidden = true;
    this.draft = this.#drag = this.#doomed = null;
    this.onClose();
  }

  /** A key while the regions are shown. @param {KeyboardEvent} event @returns {boolean} whether it is one of theirs */
  hears(event) {
    if (!this.open || takesText(event.target) || event.altKey) return false;
    const arrow = ARROWS[event.key];
    const done = this.draft ? this.#heardDraft(event, arrow) : this.#heardList(event, arrow);
    if (done) {
      event.preventDefault();
      event.stopPropagation();
    }
    return done;
  }

  /** @param {KeyboardEvent} event @param {[number, number] | undefined} arrow */
  #heardDraft({ key, shiftKey, ctrlKey, metaKey, target }, arrow) {
    const { draft } = this;
    if (!draft) return false;
    if (arrow) {
      const step = ctrlKey || metaKey ? FINE : STEP;
      const change = shiftKey ? sizedBox : movedBox;
      draft.box = change(draft.box, arrow[0] * step, arrow[1] * step);
      this.#placeDraft();
      this.#tellDraft();
    } else if (key === "Enter" && !onButton(target)) void this.#keep();
    else if (key === "Escape") this.#leave();
    else return false;
    return true;
  }

  /** @param {KeyboardEvent} event @param {[number, number] | undefined} arrow */
  #heardList({ key, shiftKey, ctrlKey, metaKey, target }, arrow) {
    if (shiftKey || ctrlKey || metaKey) return false;
    if (arrow && arrow[1] !== 0) this.#next(arrow[1]);
    else if (key === "Enter" && !onButton(target)) this.#begin();
    else if (key === "F2") this.#name();
    else if (key === "Delete" || key === "Backspace") this.#remove();
    else if (key === "Escape") this.close();
    else return false;
    return true;
  }

  /** @param {number} by */
  #next(by) {
    const { regions } = this.bench.tracks;
    const at = regions.findIndex(({ id }) => id === this.chosen);
    const next = regions[Math.min(Math.max(at + by, 0), regions.length - 1)];
    if (next) this.#choose(next.id);
  }

  /** @param {string | null} id */
  #choose(id) {
    if (id === null || this.draft) return;
    this.chosen = id;
    this.#doomed = null;
    this.show();
    if (this.#region) this.bench.say(this.#words(this.#region));
  }

  /** Lets the place of the chosen region be changed. */
  #begin() {
    const region = this.#region;
    if (!region || !this.#mayEdit(region)) return;
    this.draft = { id: region.id, name: region.name, box: boxOf(region) };
    this.onClose();
    this.show();
    this.#tellDraft();
  }

  #leave() {
    this.draft = this.#drag = null;
    if (this.#once) return this.close();
    this.show();
  }

  /** A new region gets its name first. */
  async #keep() {
    const { draft } = this;
    if (!draft || draft === this.#sent) return;
    if (draft.id === null) return this.#ask("Name of the region", this.#freeName(), (name) => this.#send({ ...draft, name }));
    await this.#send(draft);
  }

  #name() {
    const region = this.#region;
    if (!region || !this.#mayEdit(region)) return;
    this.#ask(`Another name for ${region.name}`, region.name, (name) => this.#send({ id: region.id, name, box: boxOf(region) }));
  }

  /** @param {string} title @param {string} text @param {(name: string) => Promise<void>} done */
  #ask(title, text, done) {
    this.bench.frame.wording.ask(title, (name) => void done(name), text);
  }

  /** @param {Draft} draft */
  async #send({ id, name, box }) {
    const sent = (this.#sent = this.draft);
    const kept = await this.bench.tracks.keep(id, name, box);
    this.#sent = null;
    if (kept === null) return;
    const hidden = isHidden(box, this.bench.pass.hide);
    this.bench.say(`Region ${name} ${id === null ? "drawn" : "kept"}${hidden ? "; this pass hides its half of the picture, and its motion with it" : ""}`);
    this.chosen = kept;
    if (this.draft === sent) this.#leave();
    else this.show();
  }

  /** Asked for twice, the region goes. */
  #remove() {
    const region = this.#region;
    if (!region || !this.#mayEdit(region)) return;
    if (this.#doomed !== region.id) {
      this.#doomed = region.id;
      this.show();
      return this.bench.say(`Remove ${region.name} and what was measured in it? Once more removes it.`);
    }
    this.#doomed = null;
    const { regions } = this.bench.tracks;
    const at = regions.indexOf(region);
    this.chosen = (regions[at + 1] ?? regions[at - 1])?.id ?? null;
    void this.bench.tracks.remove(region);
  }

  /** @param {Region} region */
  #mayEdit({ name, may_edit }) {
    if (!may_edit) this.bench.say(`${name} was drawn by somebody else: a researcher or a supervisor may change it.`);
    return may_edit;
  }

  #freeName() {
    const taken = new Set(this.bench.tracks.regions.map(({ name }) => name.toLowerCase()));
    let n = taken.size + 1;
    while (taken.has(`region ${n}`)) n += 1;
    return `Region ${n}`;
  }

  /** Draws what is there now. */
  show() {
    if (!this.open) return;
    const { regions } = this.bench.tracks;
    const { draft } = this;
    if (draft?.id && !regions.some(({ id }) => id === draft.id)) this.draft = null;
    if (!regions.some(({ id }) => id === this.chosen)) this.chosen = regions[0]?.id ?? null;
    this.#showBoxes(regions);
    show(this.empty, regions.length === 0 && !draft);
    show(this.rows, regions.length > 0 && !draft);
    mark(this.panel, "data-drawing", draft ? "true" : null);
    show(this.draftTools, draft !== null);
    show(this.listTools, draft === null);
    for (const tool of this.tools) tool.disabled = this.#region === null;
    say(this.told, this.#hint());
    this.rows.replaceChildren(...regions.map((region) => h("div.wb-region-row", {
      role: "option", id: `wb-region-${region.id}`, "data-region": region.id, "aria-selected": String(region.id === this.chosen),
    }, h("span.wb-region-title", {}, region.name), h("span.wb-faint", {}, this.bench.tracks.wordFor(region)))));
    mark(this.rows, "aria-activedescendant", this.chosen ? `wb-region-${this.chosen}` : null);
  }

  #hint() {
    if (this.draft) return "Drag it, or arrows move it, Shift arrows size it, Ctrl finely.";
    if (this.#doomed) return `Remove ${this.#region?.name} and what was measured in it? Once more removes it.`;
    return "";
  }

  /** @param {Region[]} regions */
  #showBoxes(regions) {
    const { draft } = this;
    const others = regions.filter(({ id }) => id !== draft?.id).map((region) => boxed(region.id, region.name, region, !draft && region.id === this.chosen));
    this.shape = draft ? boxed(draft.id ?? "new", draft.name || "New region", draft.box, true) : null;
    this.picture.replaceChildren(...others, ...(this.shape ? [this.shape] : []));
  }

  #placeDraft() {
    if (this.shape && this.draft) place(this.shape, this.draft.box);
  }

  #tellDraft() {
    if (this.draft) this.bench.say(`${this.draft.name || "New region"}: ${placeWords(this.draft.box)}`);
  }

  /** @param {Region} region */
  #words(region) {
    return `Region ${region.name}: ${placeWords(region)}, ${this.bench.tracks.wordFor(region)}`;
  }

  /** @param {PointerEvent} event @returns {Point} */
  #point(event) {
    const box = this.picture.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  /** @param {PointerEvent} event */
  #down(event) {
    event.stopPropagation();
    if (event.button !== 0) return;
    this.picture.setPointerCapture(event.pointerId);
    const from = this.#point(event);
    const target = /** @type {HTMLElement} */ (event.target);
    this.#drag = { at: [event.clientX, event.clientY], from, begun: false, become: this.#becoming(target, from) };
    const id = target.closest("[data-region]")?.getAttribute("data-region") ?? null;
    if (!this.draft) this.#choose(id);
  }

  /** What dragging from there does. @param {HTMLElement} target @param {Point} from @returns {(to: Point) => Draft} */
  #becoming(target, from) {
    const id = target.closest("[data-region]")?.getAttribute("data-region") ?? null;
    const region = this.bench.tracks.regions.find((one) => one.id === id);
    const held = this.draft && id === (this.draft.id ?? "new") ? { ...this.draft } : region?.may_edit && !this.draft ? { id: region.id, name: region.name, box: boxOf(region) } : null;
    if (!held) return (to) => ({ id: null, name: "", box: drawnBox(from, to) });
    const corner = /** @type {import("../region-box.js").Corner | undefined} */ (target.dataset.corner);
    if (corner) {
      const fixed = opposite(held.box, corner);
      return (to) => ({ ...held, box: drawnBox(fixed, to) });
    }
    return (to) => ({ ...held, box: movedBox(held.box, (to[0] - from[0]) * 10_000, (to[1] - from[1]) * 10_000) });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const drag = this.#drag;
    if (drag === null) return;
    event.stopPropagation();
    if (!drag.begun && Math.hypot(event.clientX - drag.at[0], event.clientY - drag.at[1]) < DRAG_PX) return;
    const begins = !drag.begun;
    drag.begun = true;
    this.draft = drag.become(this.#point(event));
    if (begins) this.show();
    this.#placeDraft();
  }

  /** What was drawn or moved is kept when it is let go; a new region once it has a name. @param {PointerEvent} event */
  #up(event) {
    const drag = this.#drag;
    this.#drag = null;
    if (drag === null) return;
    event.stopPropagation();
    if (!drag.begun) return;
    if (event.type === "pointercancel") return this.#leave();
    this.#tellDraft();
    void this.#keep();
  }
}

/** @param {Region} region @returns {Box} */
function boxOf({ x, y, width, height }) {
  return { x, y, width, height };
}

/** @param {string} id @param {string} name @param {Box} box @param {boolean} chosen */
function boxed(id, name, box, chosen) {
  const grips = chosen ? CORNERS.map((corner) => h("i.wb-region-grip", { "data-corner": corner })) : [];
  const element = h(`div.wb-region${chosen ? ".wb-region-chosen" : ""}`, { "data-region": id }, h("span.wb-region-name", {}, name), ...grips);
  place(element, box);
  return element;
}

/** @param {HTMLElement} element @param {Box} box */
function place(element, { x, y, width, height }) {
  Object.assign(element.style, { left: `${x / 100}%`, top: `${y / 100}%`, width: `${width / 100}%`, height: `${height / 100}%` });
}

/** @param {EventTarget | null} target a button reached with Tab, which Enter presses */
function onButton(target) {
  return target instanceof HTMLElement && target.matches("button:focus-visible");
}
