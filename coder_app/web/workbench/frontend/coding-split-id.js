// The id of the later part of a split bout, which the browser and the server each compute: a UUIDv5 (RFC 9562, SHA-1).
// `crypto.subtle` would answer later than the key is drawn, so the digest is computed here.
// @ts-check

/** @param {number} word @param {number} by @returns {number} */
function turn(word, by) {
  return (word << by) | (word >>> (32 - by));
}

/** The message padded to whole blocks of 64 bytes, its length in bits at the end. @param {Uint8Array} message @returns {DataView} */
function padded(message) {
  const view = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64));
  new Uint8Array(view.buffer).set(message);
  view.setUint8(message.length, 0x80);
  view.setUint32(view.byteLength - 4, message.length * 8);
  return view;
}

/** Function and constant of the four quarters of a block. @param {number} i @param {number} b @param {number} c @param {number} d */
function mixed(i, b, c, d) {
  if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (i < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

/** @param {Uint8Array} message @returns {Uint8Array} the 20 bytes of its SHA-1 */
function sha1(message) {
  const view = padded(message);
  const hash = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const words = new Int32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(block + i * 4);
    for (let i = 16; i < 80; i++) words[i] = turn(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    let [a, b, c, d, e] = hash;
    for (let i = 0; i < 80; i++) {
      const next = (turn(a, 5) + mixed(i, b, c, d) + e + words[i]) | 0;
      [a, b, c, d, e] = [next, a, turn(b, 30), c, d];
    }
    [a, b, c, d, e].forEach((word, i) => (hash[i] += word));
  }
  const digest = new DataView(new ArrayBuffer(20));
  hash.forEach((word, i) => digest.setInt32(i * 4, word));
  return new Uint8Array(digest.buffer);
}

/** @param {string} operation_id UUID text @param {string} event_id @returns {string} */
export function splitId(operation_id, event_id) {
  const namespace = (operation_id.replaceAll("-", "").match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  const bytes = sha1(Uint8Array.from([...namespace, ...new TextEncoder().encode(event_id)])).subarray(0, 16);
  bytes[6] = 0x50 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
