// The one list of addresses, messages and fields that cross between the browser and the server. Mirrored by protocol.py.
// @ts-check

/** Addresses; `{id}` is filled in by `address`. */
export const ROUTES = Object.freeze({
  health: "/api/health",
  me: "/api/me",
  preferences: "/api/me/preferences",
  keyCard: "/api/me/key-card",
  coding: "/api/codings/{id}",
  lease: "/api/codings/{id}/lease",
  release: "/api/codings/{id}/release",
  operations: "/api/codings/{id}/operations",
  submit: "/api/codings/{id}/submit",
  reopen: "/api/codings/{id}/reopen",
  findings: "/api/codings/{id}/findings",
  corrections: "/api/codings/{id}/corrections",
  pass: "/api/codings/{id}/pass",
  adoptEpisodes: "/api/codings/{id}/adopt-episodes",
  episodes: "/api/observations/{id}/episodes",
  video: "/api/media/{id}/video",
  frames: "/api/media/{id}/frames",
  waveform: "/api/media/{id}/waveform",
  filmstrip: "/api/media/{id}/filmstrip",
  filmstripIndex: "/api/media/{id}/filmstrip.json",
  tracks: "/api/media/{id}/tracks",
  spectrogram: "/api/media/{id}/spectrogram",
  motion: "/api/media/{id}/motion",
  regions: "/api/media/{id}/regions",
  region: "/api/regions/{id}",
  regionRemove: "/api/regions/{id}/remove",
  regionMotion: "/api/regions/{id}/motion",
  jobCancel: "/api/jobs/{id}/cancel",
});

/** Response headers of the media routes. */
export const HEADERS = Object.freeze({
  offset_us: "X-Observation-Offset-Us",
  end_us: "X-End-Us",
  bin_us: "X-Bin-Us",
});

export const OPERATION_KINDS = Object.freeze(["add", "change", "remove", "undo", "redo", "cover", "uncover"]);
export const EVENT_KINDS = Object.freeze(["state", "point", "rating"]);

/** Fields of every event, of a rating besides, and of an operation. */
export const EVENT_FIELDS = Object.freeze([
  "id", "kind", "stream", "code", "onset_us", "offset_us", "modifiers", "comment", "unsure", "link", "late_us",
]);
export const RATING_FIELDS = Object.freeze(["value", "episode", "evidence_us"]);
export const OPERATION_FIELDS = Object.freeze(["id", "kind", "made_at", "group"]);
export const COVER_FIELDS = Object.freeze(["pass", "streams", "from_us", "to_us", "speed"]);
/** Of an add or change whose time the coder's own reaction time was taken off: what was on the screen. */
export const CODED_FIELDS = Object.freeze(["seen_us"]);

/** Bodies of the requests that write. */
export const BODIES = Object.freeze({
  lease: Object.freeze(["writer", "browser", "take_over"]),
  release: Object.freeze(["writer"]),
  operations: Object.freeze(["writer", "after", "operations"]),
  submit: Object.freeze(["writer", "revision", "reason"]),
  reopen: Object.freeze(["reason"]),
  pass: Object.freeze(["pass"]),
  adoptEpisodes: Object.freeze(["stream"]),
  episodes: Object.freeze(["episodes", "before"]),
  preferences: Object.freeze(["person", "values"]),
  keyCard: Object.freeze(["title", "pass", "groups"]),
  region: Object.freeze(["name", "x", "y", "width", "height"]),
});

/** Attributes of the root element that are always current. */
export const ROOT_ATTRIBUTES = Object.freeze([
  "ready", "coding", "frame", "time-us", "playing", "revision", "pending", "seeking", "writable",
]);
export const ROOT_TESTID = "workbench";

/** What Python gives the component. It tells nothing back: what is coded goes to the routes. */
export const MOUNT_FIELDS = Object.freeze(["coding", "folder", "base"]);

/** @param {keyof typeof ROUTES} route @param {string} [id] @returns {string} */
export function address(route, id = "") {
  return ROUTES[route].replace("{id}", encodeURIComponent(id));
}

/**
 * @typedef {{to: string | null} | null} Link
 * @typedef {{
 *   id: string, kind: string, stream: string, code: string, onset_us: number | null, offset_us: number | null,
 *   modifiers: Record<string, boolean | string>, comment: string, unsure: boolean, link: Link, late_us: number,
 *   value?: number | null, episode?: string | null, evidence_us?: number[],
 * }} Event
 * @typedef {{
 *   id: string, kind: string, made_at: string, group: string | null, event?: Event | {id: string}, undoes?: string,
 *   pass?: string, streams?: string[], from_us?: number, to_us?: number, speed?: number | null, seen_us?: number | null,
 * }} Operation
 * @typedef {{id: string, name: string, hotkey: string}} ModifierValue
 * @typedef {{id: string, name: string, hotkey: string | null, short: string, required: boolean, values: ModifierValue[]}} Modifier
 * @typedef {{per: string, min: number, max: number, anchors: [number, string][]}} Scale
 * @typedef {{
 *   id: string, name: string, kind: string, hotkey: string | null, short: string, definition: string, onset: string,
 *   offset: string, include: string[], exclude: string[], examples: string[], min_us: number | null, modifiers: string[],
 *   unscorable: boolean, implied: boolean, scale: Scale | null,
 * }} Code
 * @typedef {{id: string, name: string, actor: string, kind: string, exclusive: boolean, exhaustive: boolean, codes: Code[]}} Stream
 * @typedef {{id: string, name: string, streams: string[], hide: string, mute: boolean}} Pass
 * @typedef {{id: string, source: string[], target: string[], from_edge: string, window_us: [number, number], unprompted: boolean}} LinkRule
 * @typedef {{id: string, version: string, name: string, streams: Stream[], passes: Pass[], modifiers: Modifier[], tie_rules: string[],
 *   links: LinkRule[], impossible: [string, string][]}} Scheme
 * @typedef {{id: string, name: string, offset_us: number, frame_count: number, width: number, height: number, fps: number, has_audio: boolean}} Media
 * @typedef {{id: string, name: string, onset_us: number, offset_us: number}} Episode a stretch of the observation, never over another
 * @typedef {{op: string, group: string | null, before: Record<string, Event | null>}} Entry
 * @typedef {{
 *   id: string, state: string, is_key: boolean, label: string, revision: number, writable: boolean, why_not: string | null,
 *   person: {id: string, name: string}, observation: {id: string, name: string, study: string, end_us: number, episodes: Episode[],
 *   episodes_fixed: string | null},
 *   media: Media[], scheme: Scheme, pass_id: string | null, events: Event[], watched: Record<string, [number, number][]>,
 *   own: Record<string, [number, number][]>, done: Entry[], done_before: number, undone: Entry[],
 *   played: [string, number, number][], recovered: {id: string, made_at: string, count: number}[],
 * }} Payload
 */
