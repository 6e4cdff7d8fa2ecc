// Add videos by upload: choose or drop files; each streams to disk in pieces and goes on where it stopped.
// @ts-check
import { box, element, size } from "./elements.js";
import { Upload } from "./uploading.js";

/** @type {Record<string, string>} */
const LABELS = { sending: "Pause", refused: "Remove" };

/** They go on when the dialog that began them is closed, and are shown again when it is opened. @type {Upload[]} */
const uploads = [];

/** @param {any} component data: {accept: string}; triggers `added` when the last of the files has become a video */
export function show(component) {
  const { data, parentElement, setTriggerValue } = component;
  const place = box(parentElement, "coder-upload");
  /** @param {string} name */
  const added = (name) => parentElement.isConnected && setTriggerValue("added", name);
  const list = element("div", { class: "coder-jobs" });

  /** @param {FileList | null | undefined} files */
  function take(files) {
    for (const file of files ?? []) {
      const upload = new Upload(file);
      uploads.push(upload);
      list.append(row(upload, added));
      upload.start();
    }
  }

  const input = /** @type {HTMLInputElement} */ (
    element("input", { type: "file", multiple: true, accept: data.accept, "aria-label": "Video files", onchange: () => take(input.files) })
  );
  const drop = element(
    "label",
    {
      class: "coder-drop",
      ondragover: (/** @type {DragEvent} */ event) => event.preventDefault(),
      ondrop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        take(event.dataTransfer?.files);
      },
    },
    input,
    element("span", { class: "coder-button" }, "Choose videos"),
    element("span", { class: "coder-quiet" }, "or drop them here. They are copied into the data folder; an interrupted upload goes on when the same file is chosen again."),
  );
  place.append(drop, list);
  for (const upload of uploads) list.append(row(upload, added));
}

/** @param {Upload} upload @param {(name: string) => void} added */
function row(upload, added) {
  const bar = element("progress", { max: Math.max(1, upload.file.size), "aria-label": upload.file.name });
  const number = element("span", { class: "coder-number" });
  const said = element("span", { class: "coder-quiet", role: "status" });
  const toggle = element("button", { type: "button", class: "coder-button", onclick: () => press() });
  const made = element("div", { class: "coder-job" }, element("span", {}, upload.file.name), bar, number, said, toggle);
  const leave = () => uploads.splice(uploads.indexOf(upload), 1);
  const press = () => {
    if (upload.state !== "refused") return upload.toggle();
    leave();
    made.remove();
  };
  upload.onchange = () => {
    made.dataset.state = upload.state;
    bar.setAttribute("value", String(upload.received));
    number.textContent = `${Math.floor((100 * upload.received) / Math.max(1, upload.file.size))} %`;
    said.textContent = upload.message || `${size(upload.received)} of ${size(upload.file.size)}`;
    toggle.textContent = LABELS[upload.state] ?? "Continue";
    toggle.hidden = upload.state === "done" || upload.state === "finishing";
    if (upload.state !== "done" || upload.told) return;
    upload.told = true;
    leave();
    // the dialog closes with the last one; what was refused stays to be read
    if (uploads.length === 0) added(upload.file.name);
  };
  upload.onchange();
  return made;
}
