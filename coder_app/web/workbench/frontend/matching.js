// Finds what was meant by a few typed letters: every word must occur, and names that begin with it come first. Pure.
// @ts-check

/** @param {string} text @returns {string[]} */
function words(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").split(/\s+/).filter(Boolean);
}

/** How well `text` fits what was typed, 0 if not at all. @param {string} typed @param {string} text @returns {number} */
export function fit(typed, text) {
  const there = words(text);
  let sum = 1;
  for (const word of words(typed)) {
    const first = there.findIndex((one) => one.startsWith(word));
    if (first >= 0) sum += first === 0 ? 4 : 2;
    else if (there.join(" ").includes(word)) sum += 1;
    else return 0;
  }
  return sum;
}

/** Those that fit, best first, else in their order. @template T @param {string} typed @param {T[]} items @param {(item: T) => string} textOf @returns {T[]} */
export function found(typed, items, textOf) {
  return items.map((item, n) => ({ item, n, by: fit(typed, textOf(item)) })).filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by || a.n - b.n).map(({ item }) => item);
}
