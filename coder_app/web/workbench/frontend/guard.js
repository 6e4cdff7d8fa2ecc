// Keeps the host page out of the way: its dialog about a lost connection, and its hold on the focus. Coding goes on meanwhile.
// @ts-check

const LOST = /connection error/i;

/** @param {import("./scope.js").Scope} scope @param {HTMLElement} root of the workbench */
export function guardPage(scope, root) {
  const look = () => {
    for (const dialog of document.querySelectorAll('[role="dialog"], [data-testid="stDialog"]')) {
      if (root.contains(dialog) || !LOST.test(dialog.textContent ?? "")) continue;
      hide(topOf(dialog));
      root.focus({ preventScroll: true });
    }
  };
  scope.mutated(document.body, { childList: true, subtree: true }, scope.painter(look));
  scope.on(document, "focusin", ({ target }) => {
    if (target instanceof HTMLElement && !root.contains(target) && hidden(target)) root.focus({ preventScroll: true });
  });
  document.documentElement.classList.add("wb-page");
  scope.own(() => document.documentElement.classList.remove("wb-page"));
  root.focus({ preventScroll: true });
}

/** The element right under the body that holds a dialog. @param {Element} dialog @returns {HTMLElement} */
function topOf(dialog) {
  let top = dialog;
  while (top.parentElement && top.parentElement !== document.body) top = top.parentElement;
  return /** @type {HTMLElement} */ (top.id === "root" ? dialog : top);
}

/** @param {HTMLElement} element */
function hide(element) {
  element.style.setProperty("display", "none", "important");
  element.dataset.wbHidden = "";
  document.querySelectorAll("#root[inert], #root[aria-hidden]").forEach((e) => {
    e.removeAttribute("inert");
    e.removeAttribute("aria-hidden");
  });
}

/** @param {HTMLElement} element */
function hidden(element) {
  return element.closest("[data-wb-hidden]") !== null;
}
