// Long work: a bar and a word for every job, asked for by the second while any is under way; no rerun of the page until all are done.
// @ts-check
import { box, element } from "./elements.js";

const EVERY_MS = 1000;
const ALIVE = new Set(["waiting", "running"]);
const WORDS = { waiting: "waiting", running: "", done: "done", failed: "failed", cancelled: "cancelled" };

/** @typedef {{id: string, label: string, state: keyof WORDS, progress: number, message: string}} Job */

/** @param {any} component data: {jobs: Job[], cancel: boolean} */
export function show(component) {
  const { data, parentElement, setTriggerValue } = component;
  const place = box(parentElement, "coder-jobs");
  let timer = 0;
  let over = false;

  /** @param {Job[]} jobs */
  function draw(jobs) {
    place.replaceChildren(...jobs.map((job) => row(job, data.cancel)));
  }

  async function ask() {
    const shown = new Set(data.jobs.map((/** @type {Job} */ job) => job.id));
    try {
      const answer = await fetch("/api/jobs");
      if (answer.ok && !over) {
        /** @type {Job[]} */
        const jobs = (await answer.json()).filter((/** @type {Job} */ job) => shown.has(job.id));
        draw(jobs);
        if (!jobs.some((job) => ALIVE.has(job.state))) {
          setTriggerValue("done", true);
          return;
        }
      }
    } catch {
      // the server is away for a moment: ask again
    }
    if (!over) timer = window.setTimeout(ask, EVERY_MS);
  }

  draw(data.jobs);
  if (data.jobs.some((/** @type {Job} */ job) => ALIVE.has(job.state))) timer = window.setTimeout(ask, EVERY_MS);
  return () => {
    over = true;
    window.clearTimeout(timer);
  };
}

/** @param {Job} job @param {boolean} mayCancel */
function row(job, mayCancel) {
  const percent = Math.floor(job.progress / 10);
  const alive = ALIVE.has(job.state);
  const said = element("span", { class: "coder-quiet" }, [WORDS[job.state], job.message].filter(Boolean).join(": "));
  const bar = element("progress", { max: 1000, value: job.progress, "aria-label": job.label });
  const stop = element("button", { type: "button", class: "coder-button", onclick: () => cancel(job.id, stop) }, "Cancel");
  return element(
    "div",
    { class: "coder-job", data: { state: job.state } },
    element("span", {}, job.label),
    alive ? bar : element("span", {}),
    element("span", { class: "coder-number" }, alive ? `${percent} %` : ""),
    said,
    alive && mayCancel ? stop : null,
  );
}

/** @param {string} id @param {HTMLElement} button */
async function cancel(id, button) {
  button.setAttribute("disabled", "");
  await fetch(`/api/jobs/${encodeURIComponent(id)}/cancel`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  }).catch(() => button.removeAttribute("disabled"));
}
