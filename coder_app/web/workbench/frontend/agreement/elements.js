// The parts of the disagreement viewer as elements; text stays text.
// @ts-check

/**
 * @param {string} tag @param {Record<string, string | boolean | null>} [attributes] null and false leave one out
 * @param {...(Node | string)} inside @returns {any}
 */
export function made(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside);
  return element;
}

/** @param {string} name @param {string} label @param {string} title */
function button(name, label, title) {
  return made("button", { type: "button", "data-do": name, title, "aria-label": title }, label);
}

/** The whole viewer, empty. @param {boolean} hasVideo */
export function frame(hasVideo) {
  const video = made("video", { playsinline: true, preload: "auto", "aria-label": "The stretch being looked at" });
  const clock = made("span", { class: "cag-clock" }, "");
  const play = button("play", "Play", "Play or pause (Space)");
  const speed = made("select", { "aria-label": "Speed", title: "Speed" });
  for (const rate of ["0.25", "0.5", "1", "2"]) speed.append(made("option", { value: rate, selected: rate === "1" }, `${rate}x`));
  const lead = made("select", { "aria-label": "Before and after", title: "How much is played before and after" });
  for (const s of ["0", "0.5", "1", "2"]) lead.append(made("option", { value: s }, s === "0" ? "as it is" : `± ${s} s`));
  const bar = made("div", { class: "cag-bar" }, play, button("back", "−1 f", "One frame back (,)"), button("on", "+1 f", "One frame on (.)"), speed, lead, clock);
  const stream = made("select", { "aria-label": "Stream" });
  const count = made("span", { class: "cag-count", "aria-live": "polite" }, "");
  const head = made("div", { class: "cag-head" }, stream, button("previous", "Previous", "Previous disagreement (P or arrow up)"), button("next", "Next", "Next disagreement (N or arrow down)"), count);
  const list = made("ol", { class: "cag-list", "aria-label": "Disagreements", tabindex: "-1" });
  const screen = made("div", { class: "cag-screen" }, hasVideo ? video : made("p", { class: "cag-quiet" }, "This observation has no video to play."), bar);
  const names = made("div", { class: "cag-names" });
  const ruler = made("canvas", { "aria-hidden": "true" });
  const canvas = made("canvas", { "aria-label": "Both codings, one above the other; bars between them mark disagreements", role: "img" });
  const scroll = made("div", { class: "cag-scroll", tabindex: "0", role: "group", "aria-label": "Both codings" }, names, canvas);
  const tools = made("div", { class: "cag-tools" }, button("whole", "Whole", "The whole recording"), button("out", "−", "Show more time"), button("in", "+", "Show less time"));
  const lines = made("div", { class: "cag-lines" }, made("div", { class: "cag-top" }, tools, ruler), scroll);
  const root = made("section", { class: "cag", tabindex: "0", "data-testid": "agreement-viewer", "aria-label": "Disagreements on the video" });
  root.append(made("div", { class: "cag-upper" }, screen, made("div", { class: "cag-queue" }, head, list)), lines);
  return { root, video, clock, play, speed, lead, stream, count, list, names, ruler, canvas, scroll, lines };
}

/**
 * One line of the queue. @param {number} i @param {string} time @param {string} stream @param {string} first @param {string} second
 * @param {string} note
 */
export function item(i, time, stream, first, second, note) {
  const text = [made("span", { class: "cag-time" }, time), made("span", { class: "cag-stream" }, stream)];
  const codes = made("span", { class: "cag-codes" }, made("b", {}, first), " / ", made("b", {}, second));
  return made("li", {}, made("button", { type: "button", "data-item": String(i) }, ...text, codes, made("span", { class: "cag-note" }, note)));
}
