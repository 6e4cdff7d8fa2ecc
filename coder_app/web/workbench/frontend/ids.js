// Ids made in the browser, and the time of day as the journal keeps it.
// @ts-check

let last_ms = 0;
let counter = 0;

/** A UUIDv7; ids of one page sort in the order in which they were made. @returns {string} */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const ms = Math.max(Date.now(), last_ms);
  counter = ms === last_ms ? counter + 1 : bytes[6] & 0x07;
  last_ms = ms;
  if (counter > 0xfff) {
    last_ms += 1;
    counter = 0;
  }
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(last_ms / 256 ** (5 - i)) % 256;
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** @returns {string} ISO 8601, UTC, milliseconds */
export function now() {
  return new Date().toISOString();
}
