// Colours of codes: Tol's light scheme, made for text on colour and safe for colour-blind eyes, one hue family per actor; where a
// family runs out, a pattern tells the codes apart. Dark ground gets the same hues, a little deeper. Pure.
// @ts-check

/** @type {Record<string, readonly string[]>} */
const FAMILIES = Object.freeze({
  infant: Object.freeze(["#77aadd", "#44bb99", "#99ddff", "#bbcc33"]),
  caregiver: Object.freeze(["#ee8866", "#eedd88", "#ffaabb", "#c9b458"]),
  dyad: Object.freeze(["#b9a3dc", "#d5a6cf", "#9db4e0", "#cfc2e8"]),
  session: Object.freeze(["#a9b7c0", "#c8c3b4", "#b7c7ba", "#cdbcc0"]),
});
export const PATTERNS = Object.freeze(["plain", "rising", "dots", "upright", "falling"]);
const DEEPER = 0.82;

/** @typedef {{fill: string, edge: string, ink: string, pattern: string}} Paint */

/** @param {string} hex @returns {[number, number, number]} */
export function rgb(hex) {
  const parts = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  return /** @type {[number, number, number]} */ (parts);
}

/** @param {string} hex @param {number} share below 1 darker @returns {string} */
export function shaded(hex, share) {
  return `#${rgb(hex).map((v) => Math.round(v * share).toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance (WCAG). @param {string} hex @returns {number} */
export function luminance(hex) {
  const [r, g, b] = rgb(hex).map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} a @param {string} b @returns {number} contrast ratio of two colours (WCAG) */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/**
 * @param {string} actor @param {number} place of the code among the scorable codes of its stream @param {boolean} dark
 * @returns {Paint}
 */
export function paint(actor, place, dark) {
  const family = FAMILIES[actor] ?? FAMILIES.session;
  const plain = family[place % family.length];
  const fill = dark ? shaded(plain, DEEPER) : plain;
  const pattern = PATTERNS[Math.floor(place / family.length) % PATTERNS.length];
  return { fill, edge: shaded(fill, 0.72), ink: "#10181c", pattern };
}

/** Colours of every code of a scheme, by "stream.code". Unscorable codes are hatched grey. @param {import("./protocol.js").Stream[]} streams @param {boolean} dark */
export function paints(streams, dark) {
  const found = /** @type {Map<string, Paint>} */ (new Map());
  for (const stream of streams) {
    let place = 0;
    for (const code of stream.codes) {
      const grey = { fill: dark ? "#5a646a" : "#c3c9cc", edge: "#8a9499", ink: dark ? "#f2f5f6" : "#10181c", pattern: "hatch" };
      found.set(`${stream.id}.${code.id}`, code.unscorable ? grey : paint(stream.actor, place, dark));
      if (!code.unscorable) place += 1;
    }
  }
  return found;
}
