// Operations as they come: the right fields of the right types. The same as Operation.from_json in model/event.py.
// @ts-check

/**
 * @typedef {import("./protocol.js").Event} CodedEvent
 * @typedef {{id: string, kind: string, made_at: string, group: string | null, event: any, undoes: string | null,
 *   pass: string | null, streams: string[], from_us: any, to_us: any, speed: any, seen_us: any}} Operation
 */

export const EVENT_KINDS = ["state", "point", "rating"];
const OPERATION_KINDS = ["add", "change", "remove", "undo", "redo", "cover", "uncover"];

/** The rules of coding refuse. `code` is a stable word, listed in docs/coding-rules.md. */
export class Unlawful extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.name = "Unlawful";
    this.code = code;
  }
}

/** @param {string} what @param {string} need @returns {Unlawful} */
function malformed(what, need) {
  return new Unlawful("malformed", `${what} ${need}. Send it as docs/coding-rules.md describes.`);
}

/** @param {unknown} value @param {string} what @returns {Record<string, any>} */
function mapping(value, what) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(what, "must be an object");
  return value;
}

/** @param {Record<string, any>} data @param {string} name @param {string} what @returns {string} */
function text(data, name, what) {
  if (typeof data[name] !== "string") throw malformed(what, `needs a text as ${name}`);
  return data[name];
}

/** @param {Record<string, any>} data @param {string} name @param {string} what @returns {string | null} */
function textOrNull(data, name, what) {
  return data[name] === undefined || data[name] === null ? null : text(data, name, what);
}

/** @param {Record<string, any>} data @param {string} name @param {string} what @returns {boolean} */
function flag(data, name, what) {
  const value = data[name] ?? false;
  if (typeof value !== "boolean") throw malformed(what, `needs true or false as ${name}`);
  return value;
}

/** @param {Record<string, any>} data @param {string} name @param {string} what @returns {any[]} */
function list(data, name, what) {
  const value = data[name] ?? [];
  if (!Array.isArray(value)) throw malformed(what, `needs a list as ${name}`);
  return [...value];
}

/** @param {Record<string, any>} data @param {string} name @param {string} what @returns {string[]} */
function texts(data, name, what) {
  const values = list(data, name, what);
  if (values.length === 0 || !values.every((value) => typeof value === "string")) throw malformed(what, `needs a list of texts as ${name}`);
  return values;
}

/** @param {unknown} value @returns {CodedEvent["link"]} */
function link(value) {
  if (value === undefined || value === null) return null;
  const { to } = mapping(value, "The link of the event");
  if (to !== null && typeof to !== "string") throw malformed("The link of the event", "needs a text or null as to");
  return { to };
}

/** An event of add or change with every field; null stands for absent. @param {Record<string, any>} data @returns {CodedEvent} */
export function eventOf(data) {
  const what = "The event";
  const rating = text(data, "kind", what) === "rating";
  const evidence_us = list(data, "evidence_us", what);
  /** @type {CodedEvent} */
  const found = {
    id: text(data, "id", what),
    kind: data.kind,
    stream: text(data, "stream", what),
    code: text(data, "code", what),
    onset_us: data.onset_us ?? null,
    offset_us: data.offset_us ?? null,
    modifiers: { ...mapping(data.modifiers ?? {}, "The modifiers of the event") },
    comment: textOrNull(data, "comment", what) ?? "",
    unsure: flag(data, "unsure", what),
    link: link(data.link),
    late_us: data.late_us ?? 0,
  };
  return rating ? { ...found, value: data.value ?? null, episode: textOrNull(data, "episode", what), evidence_us } : found;
}

/** Every field an operation can have, null or empty where its kind has none. Throws Unlawful "malformed" or "unknown_kind".
 *  @param {unknown} given @returns {Operation} */
export function operationOf(given) {
  const what = "The operation";
  const data = mapping(given, what);
  const kind = text(data, "kind", what);
  if (!OPERATION_KINDS.includes(kind)) {
    throw new Unlawful("unknown_kind", `There is no kind of operation ${kind}. Known are ${OPERATION_KINDS.join(", ")}.`);
  }
  let found = null;
  /** @type {string[]} */
  let streams = [];
  if (kind === "add" || kind === "change") found = eventOf(mapping(data.event, "The event"));
  else if (kind === "remove") found = { id: text(mapping(data.event, "The event"), "id", "The event") };
  else if (kind === "cover" || kind === "uncover") streams = texts(data, "streams", what);
  const stretch = streams.length > 0;
  return {
    id: text(data, "id", what),
    kind,
    made_at: textOrNull(data, "made_at", what) ?? "",
    group: textOrNull(data, "group", what),
    event: found,
    undoes: kind === "undo" || kind === "redo" ? text(data, "undoes", what) : null,
    pass: stretch ? textOrNull(data, "pass", what) : null,
    streams,
    from_us: stretch ? data.from_us ?? null : null,
    to_us: stretch ? data.to_us ?? null : null,
    speed: kind === "cover" ? data.speed ?? null : null,
    seen_us: kind === "add" || kind === "change" ? data.seen_us ?? null : null,
  };
}

/** Whether two events are equal in every field. @param {CodedEvent | undefined} one @param {CodedEvent | undefined} two @returns {boolean} */
export function sameEvent(one, two) {
  if (one === two) return true;
  return one !== undefined && two !== undefined && canonical(one) === canonical(two);
}

/** @param {CodedEvent} event @returns {string} */
function canonical(event) {
  return JSON.stringify(event, (_, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
