// Open a small text file: the browser reads it and hands its text to the page.
// @ts-check
import { box, element } from "./elements.js";

const MOST_BYTES = 2_000_000;

/** @param {any} component data: {accept: string}; triggers `opened` {name, text} */
export function show(component) {
  const { data, parentElement, setTriggerValue } = component;
  const said = element("span", { class: "coder-quiet", role: "status" });
  const input = /** @type {HTMLInputElement} */ (element("input", { type: "file", accept: data.accept, "aria-label": "File", onchange: read }));

  async function read() {
    const file = input.files?.[0];
    if (!file) return;
    if (file.size > MOST_BYTES) {
      said.textContent = `${file.name} is larger than 2 MB. Choose a text file.`;
      return;
    }
    setTriggerValue("opened", { name: file.name, text: new TextDecoder().decode(await file.arrayBuffer()) });
    said.textContent = file.name;
  }

  box(parentElement, "coder-text-file").append(element("label", { class: "coder-button" }, input, "Open a file"), said);
}
