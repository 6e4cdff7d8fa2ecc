// A quiet table: lines with pictures, marks, links and presses. Text arrives as text and stays text.
// @ts-check
import { box, element } from "./elements.js";

const TRIES = 8;
const AGAIN_MS = 500;

/** @typedef {{name: string, label: string, href: string | null, main: boolean}} Action */
/** @typedef {{src: string, width: number, height: number} | null} Picture a strip of pictures, and the size at which its first one is shown */
/** @typedef {{text: string, under: string, tone: string | null, number: boolean, picture: Picture, actions: Action[]}} Cell */
/** @typedef {{id: string, cells: Cell[], group: string, shared: number[]}} Line */
/** @typedef {{title: string, number: boolean, width: string, hidden: boolean}} Column */

/** @param {any} component data: {columns: Column[], lines: Line[]}; triggers `press` {name, row} */
export function show(component) {
  /** @type {{columns: Column[], lines: Line[]}} */
  const { columns, lines } = component.data;
  /** @param {string} name @param {string} row */
  const press = (name, row) => component.setTriggerValue("press", { name, row });
  const head = columns.map((column) =>
    element("th", { scope: "col", class: column.number ? "coder-number" : null, style: column.width && `width:${column.width}` }, element("span", { class: column.hidden ? "coder-hidden" : null }, column.title)),
  );
  const body = lines.map((line, index) => row(line, lines, index, press));
  const table = element("table", { class: "coder-table" }, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
  box(component.parentElement, "coder-table-box").append(table);
}

/** @param {Line} line @param {Line[]} lines @param {number} index @param {(name: string, row: string) => void} press */
function row(line, lines, index, press) {
  const follows = line.group !== "" && index > 0 && lines[index - 1].group === line.group;
  let span = 1;
  while (line.group && lines[index + span]?.group === line.group) span += 1;
  const cells = line.cells
    .map((cell, place) => ({ cell, shared: line.shared.includes(place) }))
    .filter(({ shared }) => !(shared && follows))
    .map(({ cell, shared }) => draw(cell, line, shared ? span : 1, press));
  return element("tr", { class: follows ? "coder-follows" : null, data: { row: line.id } }, ...cells);
}

/** @param {Cell} cell @param {Line} line @param {number} span @param {(name: string, row: string) => void} press */
function draw(cell, line, span, press) {
  const text = cell.text === "" ? null : element("span", { class: cell.tone === null ? null : "coder-mark", data: { tone: cell.tone ?? "" } }, cell.text);
  const under = cell.under === "" ? null : element("small", {}, cell.under);
  const actions = cell.actions.map((action) => action_(action, line, press));
  const inside = [cell.picture && picture(cell.picture), text, under, actions.length ? element("span", { class: "coder-actions" }, ...actions) : null];
  return element("td", { class: cell.number ? "coder-number" : null, rowspan: span > 1 ? span : null }, ...inside);
}

/** @param {Action} action @param {Line} line @param {(name: string, row: string) => void} press */
function action_(action, line, press) {
  const look = action.main ? "coder-button coder-main" : "coder-button";
  if (action.href === null) {
    return element("button", { type: "button", class: look, onclick: () => press(action.name, line.id) }, action.label);
  }
  /** @param {MouseEvent} event a plain click stays in the page that is loaded; any other opens the address */
  const stay = (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    press(action.name, line.id);
  };
  return element("a", { class: look, href: action.href, onclick: stay }, action.label);
}

/** @param {NonNullable<Picture>} shown */
function picture(shown) {
  const image = /** @type {HTMLImageElement} */ (element("img", { src: shown.src, alt: "", loading: "lazy" }));
  let tries = 0;
  image.addEventListener("load", () => (image.hidden = false));
  image.addEventListener("error", () => {
    image.hidden = true;
    tries += 1;
    // a filmstrip is made in the background, a moment after its video was added
    if (tries <= TRIES) setTimeout(() => image.isConnected && (image.src = `${shown.src}?try=${tries}`), AGAIN_MS * tries);
  });
  return element("span", { class: "coder-picture", style: `width:${shown.width}px; height:${shown.height}px` }, image);
}
