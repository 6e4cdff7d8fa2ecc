// What is measured of the sound and the picture: which rows are shown, what they hold, what is under way, and the regions of the video.
// @ts-check

import { ApiError, Unreachable, bytes, get, post } from "./api.js";
import { keyOf } from "./keys.js";
import { preferences } from "./preferences.js";
import { address } from "./protocol.js";
import { isHidden } from "./region-box.js";
import { motionOf } from "./timeline/motion.js";
import { Spectrogram } from "./timeline/spectrogram.js";

const LOOK_MS = 700;
const ALIVE = new Set(["waiting", "running"]);
/** What somebody stopped, or what cannot be, is measured only when asked for again. */
const GIVEN_UP = new Set(["cancelled", "failed"]);
/** The preferences that say what is shown, and what holds without them. @type {Record<string, boolean>} */
const SHOWN = Object.freeze({ spectrogram: false, motion: true });

/** @typedef {"spectrogram" | "motion"} Kind */
/** @typedef {import("./region-box.js").Box & {id: string, name: string, measured: boolean, may_edit: boolean}} Region */
/** @typedef {{id: string, state: string, progress: number, message: string}} Job */
/** @typedef {import("./timeline/track-rows.js").TrackRow} TrackRow */

export class Tracks {
  /** @type {import("./protocol.js").Media | null} */
  media = null;
  /** @type {Region[]} */
  regions = [];
  /** @type {Record<Kind, Job | null>} */
  jobs = { spectrogram: null, motion: null };
  /** @type {Spectrogram | null} */
  spectrogram = null;
  /** What was measured, by region and place; null while it comes. @type {Map<string, import("./timeline/motion.js").Motion | null>} */
  #motions = new Map();
  /** Ends the wait for the next look, while there is one. @type {(() => void) | null} */
  #waiting = null;

  /** @param {import("./workbench.js").Workbench} bench */
  constructor(bench) {
    this.bench = bench;
    bench.scope.own(preferences.on((name) => name in SHOWN && this.lay()));
  }

  /** @param {import("./protocol.js").Media} media */
  async load(media) {
    this.media = media;
    await this.#ask(() => get(this.#path("tracks")));
    const kinds = /** @type {Kind[]} */ (media.has_audio ? ["spectrogram", "motion"] : ["motion"]);
    for (const kind of kinds) if (this.isShown(kind) && !GIVEN_UP.has(this.jobs[kind]?.state ?? "")) await this.measure(kind);
  }

  /** @param {Kind} kind */
  isShown(kind) {
    return preferences.get(kind, SHOWN[kind]);
  }

  /** Shows the rows of a kind, or hides them; what is not measured yet is from now on. @param {Kind} kind */
  toggle(kind) {
    const why = this.#nothing(kind);
    if (why) return this.bench.say(why);
    const shown = !this.isShown(kind);
    preferences.set(kind, shown);
    const hidden = shown && kind === "motion" && this.regions.every((region) => isHidden(region, this.bench.pass.hide));
    const where = hidden ? ", in passes that do not hide the half they lie in" : "";
    this.bench.say(`${kind === "motion" ? "Motion in regions" : "Spectrogram"} ${shown ? "shown" : "hidden"}${where}`);
    if (shown) void this.measure(kind);
  }

  /** Why there is nothing of this kind to show, or "". @param {Kind} kind */
  #nothing(kind) {
    const { media, bench } = this;
    if (kind === "motion") return this.regions.length > 0 ? "" : `No region is drawn yet. ${keyOf("region")} draws one.`;
    if (!media?.has_audio) return "This video has no sound.";
    return bench.pass.mute ? "This pass is coded without the sound, so its picture is not shown either." : "";
  }

  /** @param {Kind} kind */
  async measure(kind) {
    const there = kind === "motion" ? this.regions.every((region) => region.measured) : this.spectrogram !== null;
    if (!there) await this.#ask(() => post(this.#path(kind), {}));
  }

  /** Ends what is being measured. @param {Kind[]} [kinds] */
  async stop(kinds = ["spectrogram", "motion"]) {
    const alive = kinds.map((kind) => this.jobs[kind]).filter((job) => job !== null && ALIVE.has(job.state));
    if (alive.length === 0) return this.bench.say("Nothing is being measured.");
    await this.#ask(async () => {
      for (const job of alive) await post(this.#at(address("jobCancel", job?.id)), {});
      return get(this.#path("tracks"));
    });
    this.bench.say("Measuring stopped");
  }

  /** Keeps a new region, or a changed one. @param {string | null} id @param {string} name @param {import("./region-box.js").Box} box @returns {Promise<string | null>} its id, null where it was refused */
  async keep(id, name, { x, y, width, height }) {
    let kept = /** @type {string | null} */ (null);
    await this.#ask(async () => {
      const path = id === null ? address("regions", this.media?.id) : address("region", id);
      kept = (await post(this.#at(path), { name, x, y, width, height })).id;
      return get(this.#path("tracks"));
    });
    return kept;
  }

  /** @param {Region} region */
  async remove({ id, name }) {
    await this.#ask(async () => {
      await post(this.#at(address("regionRemove", id)), {});
      return get(this.#path("tracks"));
    });
    if (!this.regions.some((region) => region.id === id)) this.bench.say(`Region ${name} removed`);
  }

  /** @param {string} path without a token one acts as the coder of the coding that is named */
  #at(path) {
    return `${path}?${new URLSearchParams({ coding: this.bench.id })}`;
  }

  /** @param {"tracks" | Kind | "regions"} route */
  #path(route) {
    return this.#at(address(route, this.media?.id));
  }

  /** What the server answers holds from now on; what it refuses is told. @param {() => Promise<any>} question */
  async #ask(question) {
    try {
      this.#take(await question());
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof Unreachable)) throw error;
      this.bench.session.tell(error.message);
    }
  }

  /** @param {{spectrogram: import("./timeline/spectrogram.js").About | null, regions: Region[], jobs: Record<Kind, Job | null>}} found */
  #take({ spectrogram, regions, jobs }) {
    this.regions = regions;
    this.jobs = jobs;
    if (spectrogram === null) this.spectrogram = null;
    else this.spectrogram ??= new Spectrogram(spectrogram, (from, count) => this.#columns(from, count), () => this.bench.frame.timeline.redrawTracks());
    for (const region of regions) if (region.measured && !this.#motions.has(keyFor(region))) void this.#load(region);
    this.lay();
    this.bench.frame.regions.show();
    this.#waiting?.();
    const alive = Object.values(jobs).some((job) => job !== null && ALIVE.has(job.state));
    this.#waiting = alive ? this.bench.scope.after(LOOK_MS, () => void this.#ask(() => get(this.#path("tracks")))) : null;
  }

  /** @param {number} from @param {number} count */
  async #columns(from, count) {
    try {
      return new Uint8Array(await bytes(this.#path("spectrogram"), { from, bytes: count }));
    } catch (error) {
      if (error instanceof ApiError || error instanceof Unreachable) return null;
      throw error;
    }
  }

  /** @param {Region} region */
  async #load(region) {
    const key = keyFor(region);
    this.#motions.set(key, null);
    try {
      this.#motions.set(key, motionOf(new Float32Array(await bytes(this.#at(address("regionMotion", region.id))))));
    } catch (error) {
      this.#motions.delete(key);
      if (!(error instanceof ApiError || error instanceof Unreachable)) throw error;
    }
    this.lay();
  }

  /** The rows that this coder sees in this pass: nothing of what it hides. */
  lay() {
    const { bench, media } = this;
    if (media === null) return;
    const sound = this.isShown("spectrogram") && media.has_audio && !bench.pass.mute;
    const regions = this.isShown("motion") ? this.regions.filter((region) => !isHidden(region, bench.pass.hide)) : [];
    bench.frame.timeline.showTracks([
      ...(sound ? [this.#row("spectrogram", { id: "spectrogram", name: "Spectrogram", spectrogram: this.spectrogram }, this.spectrogram !== null)] : []),
      ...regions.map((region) => this.#row("motion", { id: region.id, name: region.name, motion: this.#motions.get(keyFor(region)) }, region.measured)),
    ]);
  }

  /** @param {Kind} kind @param {Pick<TrackRow, "id" | "name" | "spectrogram" | "motion">} row @param {boolean} there @returns {TrackRow} */
  #row(kind, row, there) {
    const job = this.jobs[kind];
    const { state, act } = there ? { state: "", act: null } : stateOf(job);
    return { ...row, kind, state, act, why: state === "failed" ? job?.message ?? "" : "" };
  }

  /** How far a region is, in a word. @param {Region} region */
  wordFor(region) {
    return region.measured ? "measured" : stateOf(this.jobs.motion).state;
  }
}

/** @param {Region} region @returns {string} */
function keyFor({ id, x, y, width, height }) {
  return [id, x, y, width, height].join(" ");
}

/** What is not measured yet: how far it is, and what can be done about it. @param {Job | null} job @returns {{state: string, act: "stop" | "again" | null}} */
function stateOf(job) {
  if (job?.state === "running") return { state: `${Math.round(job.progress / 10)} %`, act: "stop" };
  if (job?.state === "waiting") return { state: "waits", act: "stop" };
  const state = { failed: "failed", cancelled: "stopped" }[job?.state ?? ""] ?? "not measured";
  return { state, act: "again" };
}
