// The chooser: a press on a name asks for the cookie with that person in it and goes on to where one wanted to be.
// @ts-check

const list = /** @type {HTMLElement} */ (document.querySelector("ul[data-next]"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));

/** @param {string} person */
async function choose(person) {
  const answer = await fetch("/api/me", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person }),
  });
  if (!answer.ok) {
    const { error } = await answer.json();
    said.textContent = error.message;
    return;
  }
  location.replace(list.dataset.next || "/");
}

list.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (!button || !button.dataset.person) return;
  choose(button.dataset.person).catch(() => {
    said.textContent = "The app does not answer. Is coder-app still running?";
  });
});
