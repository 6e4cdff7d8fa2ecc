// All events of the pass as a table: sorted, filtered, edited in place. Only the rows in sight exist, however many there are.
// @ts-check

import { button, h, mark } from "../dom.js";
import { BY_ONSET, FLAGS, NO_FILTER, rowAt, rowsOf } from "../table-rows.js";
import { duration, shortTime } from "../time-label.js";

const ROW_PX = 24;
const SPARE = 6;
const TYPING_MS = 150;
/** The rows go along with the playhead this often at most. */
const FOLLOW_US = 500_000;
/** From here on times have hours, and need more room. */
const HOUR_US = 3_600_000_000;
/** @type {[import("../table-rows.js").Column, string][]} */
const COLUMNS = [["onset", "Onset"], ["offset", "Offset"], ["code", "Code"], ["comment", "Comment"], ["length", "Length"]];
const EDITED = ["onset", "offset", "code", "comment"];

/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("../table-rows.js").Column} Column */
/**
 * @typedef {{index: import("../timeline/event-index.js").EventIndex, catalogue: import("../catalogue.js").Catalogue,
 *   selected: string | null, chosen: Set<string>}} Shown
 * @typedef {{onOpen: (event: Event) => void, onToggle: (event: Event) => void, onRange: (event: Event) => void,
 *   onEdit: (event: Event, column: string, value: string) => void, onCount: (text: string) => void,
 *   mayEdit: () => boolean, selected: () => Event | null, leave: () => void}} Hear
 */

export class EventList {
  /** @type {Shown | null} */
  #shown = null;
  /** To be brought into sight. @type {Event | null} */
  #sought = null;
  /** Where the list is scrolled to and how high it is, kept so that drawing need not measure the page. */
  #top = 0;
  #height = 0;
  /** @type {import("../table-rows.js").Filter} */
  #filter = { ...NO_FILTER };
  /** @type {import("../table-rows.js").Order} */
  #order = { ...BY_ONSET };
  /** @type {Event[]} */
  #rows = [];
  /** Their places, where they are not those of the index. @type {Map<string, number> | null} */
  #places = null;
  #now_us = 0;
  /** The row the playhead has reached. */
  #reached = -1;
  /** Where the rows last went along with the playhead. */
  #followed_us = -FOLLOW_US;
  /** The rows that exist, by event, and what they say. @type {Map<string, {row: HTMLElement, says: string}>} */
  #drawn = new Map();
  /** The column that the arrow keys stand in. */
  #column = 0;
  /** @type {{event: Event, column: string, field: HTMLInputElement | HTMLSelectElement} | null} */
  #edited = null;
  #choices = "";

  /** @param {import("../scope.js").Scope} scope @param {Hear} hear */
  constructor(scope, hear) {
    this.scope = scope;
    this.hear = hear;
    this.rows = h("div.wb-rows", { role: "presentation" });
    this.spacer = h("div.wb-list-space", { role: "presentation" }, this.rows);
    this.scroller = h("div.wb-list", { role: "rowgroup", tabindex: 0, "aria-label": "Rows" }, this.spacer);
    this.heads = COLUMNS.map(([column, name]) => this.#head(column, name));
    this.head = h("div.wb-row.wb-table-head", { role: "row", "aria-rowindex": 1 }, ...this.heads);
    this.table = h("div.wb-table", { role: "grid", "aria-label": "Events of this pass", tabindex: 0, "aria-multiselectable": "true" },
      h("div", { role: "rowgroup" }, this.head), this.scroller);
    this.text = /** @type {HTMLInputElement} */ (h("input.wb-filter-text", { type: "search", placeholder: "Filter", "aria-label": "Filter by name or comment" }));
    this.kinds = /** @type {HTMLSelectElement} */ (h("select.wb-filter-kind", { "aria-label": "Filter by stream or code" }));
    this.flags = /** @type {HTMLSelectElement} */ (h("select.wb-filter-kind", { "aria-label": "Filter by mark" },
      h("option", { value: "" }, "Any"), ...FLAGS.map(([value, name]) => h("option", { value }, name))));
    const bar = h("div.wb-filter", {}, this.text, this.kinds, this.flags);
    this.element = h("section.wb-events", { "aria-label": "Events", "data-testid": "events" }, bar, this.table);
    this.paint = scope.painter(() => this.#draw());
    this.#listen();
  }

  /** @param {Column} column @param {string} name */
  #head(column, name) {
    const sort = button("wb-sort", { tabindex: -1 }, name);
    this.scope.on(sort, "click", () => this.#sort(column));
    return h(`div.wb-cell-${column}`, { role: "columnheader", "aria-sort": column === "onset" ? "ascending" : "none" }, sort);
  }

  #listen() {
    const { scope } = this;
    scope.on(this.scroller, "scroll", () => {
      const top = this.scroller.scrollTop;
      if (top === this.#top) return;
      this.#top = top;
      this.paint();
    });
    scope.resized(this.scroller, () => {
      this.#height = this.scroller.clientHeight;
      this.paint();
    });
    scope.on(this.spacer, "click", (event) => this.#clicked(event));
    scope.on(this.spacer, "dblclick", (event) => {
      const [found, column] = this.#under(event);
      if (found && column) this.#edit(found, column);
    });
    scope.on(this.table, "focus", () => this.#draw());
    scope.on(this.table, "blur", () => this.#draw());
    let typing = () => {};
    scope.on(this.text, "input", () => {
      typing();
      typing = scope.after(TYPING_MS, () => this.filter({ text: this.text.value }));
    });
    scope.on(this.kinds, "change", () => {
      const code = this.kinds.value.includes(".");
      this.filter({ stream: code ? "" : this.kinds.value, code: code ? this.kinds.value : "" });
    });
    scope.on(this.flags, "change", () => this.filter({ flag: this.flags.value }));
  }

  /** @param {Partial<import("../table-rows.js").Filter>} filter */
  filter(filter) {
    Object.assign(this.#filter, filter);
    this.#lay();
    this.#draw();
  }

  /** @param {Column} column */
  #sort(column) {
    this.#order = { column, down: this.#order.column === column && !this.#order.down };
    COLUMNS.forEach(([id], n) => mark(this.heads[n], "aria-sort", id !== column ? "none" : this.#order.down ? "descending" : "ascending"));
    this.#lay();
    this.#sought = this.#lead;
    this.#draw();
  }

  /** The selected event, also where that was not drawn yet. */
  get #lead() {
    return this.hear.selected();
  }

  /** @param {MouseEvent} event @returns {[Event | null, string | null]} */
  #under(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const row = target.closest("[data-event]");
    const found = (row && this.#shown?.index.get(row.getAttribute("data-event") ?? "")) || null;
    return [found, target.closest("[data-column]")?.getAttribute("data-column") ?? null];
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const [found] = this.#under(event);
    if (!found || this.#edited) return;
    if (event.shiftKey) this.hear.onRange(found);
    else if (event.ctrlKey || event.metaKey) this.hear.onToggle(found);
    else this.hear.onOpen(found);
  }

  /** @param {Shown} shown */
  update(shown) {
    this.#shown = shown;
    this.#offer(shown);
    this.#lay();
    this.#draw();
  }

  /** The streams and codes of the pass, to filter by. @param {Shown} shown */
  #offer({ index, catalogue }) {
    const streams = [...index.streams.values()];
    const choices = streams.map((s) => s.id).join(" ");
    if (choices === this.#choices) return;
    this.#choices = choices;
    this.kinds.replaceChildren(h("option", { value: "" }, "All codes"), ...streams.map((stream) => {
      const codes = stream.codes.map((code) => h("option", { value: `${stream.id}.${code.id}` }, catalogue.nameOf({ stream: stream.id, code: code.id })));
      return h("optgroup", { label: stream.name }, h("option", { value: stream.id }, `All of ${stream.name}`), ...codes);
    }));
    Object.assign(this.#filter, { stream: "", code: "" });
  }

  #lay() {
    if (!this.#shown) return;
    const { index, catalogue } = this.#shown;
    this.#rows = rowsOf(index.all, this.#filter, this.#order, catalogue);
    this.#places = this.#rows === index.all ? null : new Map(this.#rows.map((event, n) => [event.id, n]));
  }

  /** Its row, -1 where the filter leaves it out. @param {Event} event */
  #placeOf(event) {
    return this.#places ? this.#places.get(event.id) ?? -1 : this.#shown?.index.placeOf(event) ?? -1;
  }

  /** Brings an event into sight. @param {Event} event */
  reveal(event) {
    this.#sought = event;
  }

  /** The playhead is here: the row it has reached is marked, and kept in sight while it plays. @param {number} now_us @param {boolean} playing */
  follow(now_us, playing) {
    this.#now_us = now_us;
    if (!this.#shown || this.#order.column !== "onset") return;
    if (now_us < this.#followed_us) this.#followed_us = now_us - FOLLOW_US;
    const at = rowAt(this.#rows, now_us, this.#order.down);
    if (at === this.#reached) return;
    this.#reached = at;
    for (const row of this.spacer.querySelectorAll(".wb-reached")) row.classList.remove("wb-reached");
    const event = this.#rows[at];
    if (!event) return;
    this.#drawn.get(event.id)?.row.classList.add("wb-reached");
    const top = at * ROW_PX;
    const seen = top >= this.#top && top + ROW_PX <= this.#top + this.#height;
    if (!playing || seen || this.focused || now_us - this.#followed_us < FOLLOW_US) return;
    this.#followed_us = now_us;
    this.#sought = event;
    this.#draw();
  }

  get focused() {
    return this.element.contains(document.activeElement);
  }

  /** The keys are the table's until Esc. */
  focus() {
    this.table.focus({ preventScroll: true });
    if (!this.#lead && this.#rows.length > 0) this.#open(Math.max(0, rowAt(this.#rows, this.#now_us, this.#order.down)));
  }

  /**
   * Keys while the table has the focus: rows, columns, edit. @param {KeyboardEvent} event
   * @returns {boolean} whether the key was the table's
   */
  hears(event) {
    if (!this.focused) return false;
    const target = /** @type {HTMLElement} */ (event.target);
    if (this.#edited && target === this.#edited.field) return this.#inCell(event);
    if (target !== this.table && target !== this.scroller) return this.#inFilter(event, target);
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    const at = this.#lead ? this.#placeOf(this.#lead) : -1;
    const page = Math.max(1, Math.floor(this.#height / ROW_PX) - 1);
    const rows = /** @type {Record<string, number>} */ ({ ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - page, PageDown: at + page, Home: 0, End: this.#rows.length - 1 });
    if (event.key in rows) this.#open(rows[event.key], event.shiftKey);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.#turn(event.key === "ArrowRight" ? 1 : -1);
    else if ((event.key === "Enter" || event.key === "F2") && this.#lead) this.#edit(this.#lead, EDITED[this.#column]);
    else if (event.key === "Escape") this.hear.leave();
    else return false;
    event.preventDefault();
    return true;
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} target */
  #inFilter(event, target) {
    if (event.key === "Escape" || (event.key === "Enter" && target === this.text)) {
      event.preventDefault();
      if (event.key === "Escape" && target === this.text && this.text.value !== "") {
        this.text.value = "";
        this.filter({ text: "" });
      } else this.focus();
      return true;
    }
    return target.matches("input, select") && !event.ctrlKey;
  }

  /** @param {KeyboardEvent} event */
  #inCell(event) {
    if (event.key === "Escape") this.#close(false);
    else if (event.key === "Enter") this.#close(true);
    else return true;
    event.preventDefault();
    return true;
  }

  /** @param {number} place @param {boolean} [range] */
  #open(place, range = false) {
    const event = this.#rows[Math.min(Math.max(place, 0), this.#rows.length - 1)];
    if (!event) return;
    if (range) this.hear.onRange(event);
    else this.hear.onOpen(event);
  }

  /** @param {number} by */
  #turn(by) {
    this.#column = Math.min(Math.max(this.#column + by, 0), EDITED.length - 1);
    this.#draw();
  }

  /** @param {Event} event @param {string} column */
  #edit(event, column) {
    if (!this.hear.mayEdit() || !EDITED.includes(column)) return;
    if (event.onset_us === null && column !== "comment") return;
    if (column === "offset" && event.kind !== "state") return;
    this.#column = EDITED.indexOf(column);
    this.#edited = { event, column, field: this.#field(event, column) };
    this.#draw();
    const { field } = this.#edited;
    field.focus({ preventScroll: true });
    if (field instanceof HTMLInputElement) field.select();
    this.scope.on(field, "blur", () => this.#edited?.field === field && this.#close(false, false));
  }

  /** @param {Event} event @param {string} column */
  #field(event, column) {
    const shown = /** @type {Shown} */ (this.#shown);
    const label = COLUMNS.find(([id]) => id === column)?.[1] ?? column;
    if (column === "code") {
      const kind = shown.catalogue.codeOf(event)?.kind;
      const codes = shown.index.streams.get(event.stream)?.codes.filter((code) => code.kind === kind) ?? [];
      const options = codes.map((code) => h("option", { value: code.id, selected: code.id === event.code }, code.name));
      return /** @type {HTMLSelectElement} */ (h("select.wb-cell-field", { "aria-label": label }, ...options));
    }
    const time = column === "onset" ? event.onset_us : shown.catalogue.endOf(event);
    const value = column === "comment" ? event.comment : shortTime(/** @type {number} */ (time));
    return /** @type {HTMLInputElement} */ (h("input.wb-cell-field", { type: "text", value, "aria-label": label, maxlength: 2000 }));
  }

  /** @param {boolean} keep @param {boolean} [focus] */
  #close(keep, focus = true) {
    const edited = this.#edited;
    this.#edited = null;
    if (!edited) return;
    if (focus) this.table.focus({ preventScroll: true });
    const event = this.#shown?.index.get(edited.event.id);
    if (keep && event) this.hear.onEdit(event, edited.column, edited.field.value);
    this.#draw();
  }

  #scroll() {
    if (!this.#sought) return;
    const place = this.#placeOf(this.#sought);
    this.#sought = null;
    const top = place * ROW_PX;
    if (place < 0 || (top >= this.#top && top + ROW_PX <= this.#top + this.#height)) return;
    this.#top = Math.max(0, top - this.#height / 2);
    this.scroller.scrollTop = this.#top;
  }

  /** What is being typed into a cell stays where it is: the rows are drawn anew when it is done. */
  #draw() {
    if (!this.#shown || (this.#edited && document.activeElement === this.#edited.field)) return;
    const rows = this.#rows;
    const all = this.#shown.index.all.length;
    const count = rows.length === all ? all.toLocaleString("en") : `${rows.length.toLocaleString("en")} of ${all.toLocaleString("en")}`;
    this.hear.onCount(count);
    const latest = this.#shown.index.all[all - 1];
    this.table.classList.toggle("wb-hours", latest !== undefined && this.#shown.catalogue.endOf(latest) >= HOUR_US);
    mark(this.table, "aria-rowcount", String(rows.length + 1));
    const height = `${rows.length * ROW_PX}px`;
    if (this.spacer.style.height !== height) this.spacer.style.height = height;
    this.#scroll();
    const first = Math.max(0, Math.floor(this.#top / ROW_PX) - SPARE);
    const last = Math.min(rows.length, first + Math.ceil(this.#height / ROW_PX) + 2 * SPARE);
    const top = `${first * ROW_PX}px`;
    if (this.rows.style.top !== top) this.rows.style.top = top;
    this.#place(rows.slice(first, last), first, this.#shown);
    const lead = this.#lead;
    mark(this.table, "aria-activedescendant", lead && this.#drawn.has(lead.id) ? `wb-row-${lead.id}` : null);
  }

  /** Brings the rows in sight into order; one that says what it said before stays. @param {Event[]} events @param {number} first @param {Shown} shown */
  #place(events, first, shown) {
    const before = this.#drawn;
    this.#drawn = new Map(events.map((event) => [event.id, this.#row(event, shown, before.get(event.id))]));
    for (const [id, { row }] of before) if (this.#drawn.get(id)?.row !== row) row.remove();
    let place = first;
    let next = this.rows.firstElementChild;
    for (const [id, { row }] of this.#drawn) {
      if (row === next) next = row.nextElementSibling;
      else this.rows.insertBefore(row, next);
      mark(row, "aria-rowindex", String(place + 2));
      mark(row, "aria-selected", String(shown.chosen.has(id)));
      row.classList.toggle("wb-reached", place === this.#reached);
      place += 1;
    }
  }

  /** @param {Event} event @param {Shown} shown @param {{row: HTMLElement, says: string}} [before] */
  #row(event, shown, before) {
    const { catalogue, selected } = shown;
    const state = event.kind === "state";
    const length = state ? (event.offset_us === null ? "running" : duration(catalogue.endOf(event) - /** @type {number} */ (event.onset_us))) : "";
    const lacks = catalogue.missing(event).length > 0;
    const name = event.kind === "rating" ? catalogue.describe(event) : catalogue.nameOf(event);
    const fill = catalogue.fillOf(event);
    const texts = {
      onset: event.onset_us === null ? "rating" : shortTime(event.onset_us),
      offset: state && event.offset_us !== null ? shortTime(event.offset_us) : "",
      code: `${name}${event.unsure ? " ?" : ""}`, comment: event.comment, length,
    };
    const edited = this.#edited?.event.id === event.id ? this.#edited : null;
    const here = event.id === selected && document.activeElement === this.table ? EDITED[this.#column] : null;
    const says = JSON.stringify([texts, fill, lacks, here]);
    if (before && before.says === says && !edited) return before;
    const cell = (/** @type {string} */ column, /** @type {string | Node} */ said) => {
      const child = edited?.column === column ? edited.field : said;
      return h(`div.wb-cell-${column}${here === column ? ".wb-here" : ""}`, { role: "gridcell", "data-column": column }, child);
    };
    const lack = lacks && h("span.wb-row-lack", {}, " modifier missing");
    const row = h("div.wb-row", { role: "row", id: `wb-row-${event.id}`, "data-event": event.id, title: event.comment || null },
      cell("onset", texts.onset), cell("offset", texts.offset), cell("code", h("span.wb-row-code", { "--fill": fill }, texts.code, lack)),
      cell("comment", texts.comment), cell("length", texts.length));
    return { row, says: edited ? "" : says };
  }
}
