// Calls to the server. An answer that says no is an ApiError; no answer at all is Unreachable.
// @ts-check

import { HEADERS, address } from "./protocol.js";
import { FrameTable } from "./frame-table.js";

export const PATIENCE_MS = 20_000;

/** The server refused, and said why. */
export class ApiError extends Error {
  /** @param {number} status @param {{code?: string, message?: string, [detail: string]: any}} error */
  constructor(status, error) {
    super(error.message || `The server answered ${status}.`);
    this.status = status;
    this.code = error.code || "error";
    this.detail = error;
  }
}

/** The server did not answer: it is down, or the line is. */
export class Unreachable extends Error {}

/** What an answer says that is no success; null where it is one. @param {number} status @param {() => Promise<any> | any} body of the answer */
export async function refusal(status, body) {
  if (status >= 500) return new Unreachable(`The server is in trouble (${status}).`);
  return status < 400 ? null : new ApiError(status, (await body())?.error || {});
}

/** @param {string} path @param {RequestInit} [init] @returns {Promise<Response>} */
async function call(path, init = {}) {
  let response;
  try {
    response = await fetch(new URL(path, document.baseURI).href, {
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...init,
    });
  } catch (cause) {
    throw new Unreachable("The server does not answer.", { cause });
  }
  const refused = await refusal(response.status, () => response.json().catch(() => ({})));
  if (refused) throw refused;
  return response;
}

/** @param {string} path @returns {Promise<any>} */
export async function get(path) {
  return (await call(path)).json();
}

/** @param {string} path @param {object} body @returns {Promise<any>} */
export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return (await call(path, { method: "POST", headers, body: JSON.stringify(body) })).json();
}

/** What a route makes of `body`. @param {string} path @param {object} body @returns {Promise<Blob>} */
export async function file(path, body) {
  const headers = { "Content-Type": "application/json" };
  return (await call(path, { method: "POST", headers, body: JSON.stringify(body) })).blob();
}

/** Sent although the page goes; nobody waits for the answer. @param {string} path @param {object} body */
export function tell(path, body) {
  const [headers, method] = [{ "Content-Type": "application/json" }, "POST"];
  const sent = fetch(new URL(path, document.baseURI).href, { method, headers, body: JSON.stringify(body), credentials: "same-origin", keepalive: true });
  void sent.catch(() => undefined);
}

/** @param {string} media @param {string} observation @param {string} coding @returns {Promise<FrameTable>} */
export async function frames(media, observation, coding) {
  const query = new URLSearchParams({ observation, coding });
  const response = await call(`${address("frames", media)}?${query}`);
  const header = (/** @type {string} */ name) => Number(response.headers.get(name) || 0);
  return FrameTable.fromBuffer(await response.arrayBuffer(), header(HEADERS.offset_us), header(HEADERS.end_us));
}

/** Lowest and highest value per bin, or null where there is none (yet). @param {string} media @param {string} coding */
export async function waveform(media, coding) {
  try {
    const response = await call(`${address("waveform", media)}?${new URLSearchParams({ coding })}`);
    return { bin_us: Number(response.headers.get(HEADERS.bin_us) || 10_000), data: new Int8Array(await response.arrayBuffer()) };
  } catch (error) {
    if (error instanceof ApiError || error instanceof Unreachable) return null;
    throw error;
  }
}

/** The small pictures of a video and their times, or null where there are none (yet). @param {string} media @param {string} coding */
export async function filmstrip(media, coding) {
  try {
    const query = new URLSearchParams({ coding });
    const index = await get(`${address("filmstripIndex", media)}?${query}`);
    const image = new Image();
    image.src = new URL(`${address("filmstrip", media)}?${query}`, document.baseURI).href;
    await image.decode();
    return { image, index };
  } catch (error) {
    if (error instanceof ApiError || error instanceof Unreachable || error instanceof DOMException) return null;
    throw error;
  }
}

/** The bytes of a file, or of a part of it. @param {string} path @param {{from: number, bytes: number} | null} [part] @returns {Promise<ArrayBuffer>} */
export async function bytes(path, part = null) {
  const headers = part ? { Range: `bytes=${part.from}-${part.from + part.bytes - 1}` } : undefined;
  return (await call(path, { headers })).arrayBuffer();
}

/** @param {string} media @param {string} coding @returns {string} */
export function videoAddress(media, coding) {
  return `${address("video", media)}?${new URLSearchParams({ coding })}`;
}
