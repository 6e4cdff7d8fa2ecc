// Times as text. Integer microseconds in; every part is cut by integer division, so no label is ever later than its time.
// @ts-check

const MS = 1_000;
const SECOND = 1_000_000;

/** @param {number} value @param {number} width */
const padded = (value, width) => String(value).padStart(width, "0");

/** @param {number} us @returns {string} hh:mm:ss.mmm */
export function timecode(us) {
  const sign = us < 0 ? "-" : "";
  const ms = Math.floor(Math.abs(us) / MS);
  const s = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  return `${sign}${padded(hours, 2)}:${padded(minutes, 2)}:${padded(s % 60, 2)}.${padded(ms % 1000, 3)}`;
}

/** As `timecode`, without hours while there are none. @param {number} us @returns {string} */
export function shortTime(us) {
  const whole = timecode(us);
  return us >= 0 && us < 3600 * SECOND ? whole.slice(3) : whole;
}

/** A duration in seconds with three decimals. @param {number} us @returns {string} */
export function duration(us) {
  const sign = us < 0 ? "-" : "";
  const ms = Math.floor(Math.abs(us) / MS);
  return `${sign}${Math.floor(ms / 1000)}.${padded(ms % 1000, 3)} s`;
}

/** A mark of the ruler: as many decimals of a second as its step needs. @param {number} us @param {number} step_us */
export function tickLabel(us, step_us) {
  const s = Math.floor(us / SECOND);
  const [hours, minutes] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  const head = hours > 0 ? `${hours}:${padded(minutes, 2)}` : `${minutes}`;
  const text = `${head}:${padded(s % 60, 2)}`;
  if (step_us >= SECOND) return text;
  const decimals = step_us >= 100 * MS ? 1 : step_us >= 10 * MS ? 2 : 3;
  return `${text}.${padded(Math.floor((us % SECOND) / 10 ** (6 - decimals)), decimals)}`;
}

/** @param {number} rate @returns {string} 1x, 0.25x */
export function speedLabel(rate) {
  return `${Number.isInteger(rate) ? rate.toFixed(1) : String(Math.round(rate * 100) / 100)}x`;
}
