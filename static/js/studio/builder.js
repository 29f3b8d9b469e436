// The builder of a template: what is typed is saved, what is dragged is moved, and what is saved is shown.
//
// Every change is a form of its own that works without this script. Here forms marked data-typed save themselves
// a moment after the last key; those that did not reach the server try again, and stay as they were typed.
import { Preview } from "../composer/preview.js";
import { watchCounters } from "../composer/counters.js";
import { watchPictures } from "../composer/pictures.js";
import { startRichText } from "../composer/richtext.js";
import { startDragging } from "./builder-dragging.js";
import { startPalette } from "./builder-palette.js";

const PAUSE = 350;
const LONGEST_WAIT = 30000;
const LOOKS = { desktop: ["desktop", ""], mobile: ["mobile", ""], dark: ["desktop", "dark"], text: ["desktop", "text"] };

const root = document.querySelector("[data-builder]");
const stage = root.querySelector("[data-preview]");
const preview = stage ? new Preview(stage) : null;
const indicator = root.querySelector("[data-saved]");
const unsaved = new Set();
const timers = new WeakMap();
let wait = 0;
let arriving = 0;

// Saving

function save(form) {
  clearTimeout(timers.get(form));
  if (form.isConnected) form.dispatchEvent(new CustomEvent("builder:save"));
  else unsaved.delete(form);
}

function soon(form, delay) {
  say("saving");
  unsaved.add(form);
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), delay));
}

function say(state) {
  indicator.dataset.state = state;
}

root.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-typed]");
  if (form) soon(form, PAUSE);
});

root.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-typed]");
  if (!form) return;
  if (target.name === "mode") form.closest("[data-mode]").dataset.mode = target.value;
  soon(form, PAUSE);
});

const isSave = (element) => element instanceof HTMLFormElement && element.method === "post" && root.contains(element);

// A part that comes anew takes its form with it: what was typed there a moment ago goes first.
document.addEventListener("htmx:confirm", (event) => {
  if (event.target.closest("form[data-typed]") || !root.contains(event.target) || !unsaved.size) return;
  for (const form of unsaved) save(form);
});

// And while the parts are on their way, nothing can be typed into those that are about to go.
for (const name of ["beforeinput", "click"]) {
  root.addEventListener(name, (event) => {
    if (arriving && event.target.closest("form[data-typed]")) event.preventDefault();
  });
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target.id === "desk") arriving += 1;
  if (!isSave(detail.elt)) return;
  unsaved.delete(detail.elt);
  say("saving");
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.target.id === "desk") arriving = Math.max(0, arriving - 1);
  if (!isSave(detail.elt)) return;
  const { successful, xhr, elt } = detail;
  if (successful) {
    wait = 0;
    if (!unsaved.size) say("saved");
    return;
  }
  say(xhr.status === 0 ? "offline" : "failed");
  // A refusal is told at its input and a conflict asks a question; only what did not arrive is sent again.
  if (xhr.status === 409 || xhr.status === 422 || !elt.matches("[data-typed]")) return;
  wait = Math.min(Math.max(wait * 2, 2000), LONGEST_WAIT);
  soon(elt, wait);
});

addEventListener("online", () => unsaved.forEach(save));
addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

// What comes anew

/** A message below a control and the mark on the control itself say the same. */
function markErrors() {
  for (const message of root.querySelectorAll("[data-error-for]")) {
    const control = document.getElementById(message.dataset.errorFor);
    const isWrong = message.textContent.trim() !== "";
    if (isWrong) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
}

function refresh() {
  preview?.refresh(document.getElementById("draft-state")?.dataset.revision ?? "");
}

function start() {
  watchCounters(root);
  startRichText(root);
  startDragging(root);
}

let shown = document.getElementById("draft-state")?.dataset.revision;
document.addEventListener("htmx:afterSettle", () => {
  start();
  markErrors();
  const revision = document.getElementById("draft-state")?.dataset.revision;
  if (revision !== shown) refresh();
  shown = revision;
});

// The preview's looks

for (const input of root.querySelectorAll('input[name="preview-look"]')) {
  input.addEventListener("change", () => {
    const [width, look] = LOOKS[input.value];
    const url = new URL(stage.dataset.preview, location.href);
    url.searchParams.set("look", look);
    stage.dataset.preview = url.pathname + url.search;
    preview.show(width);
    refresh();
  });
}

// On a phone, what was added is shown

document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
  // The old parts stand there still while the new ones are swapped in: only now is it clear which is open.
  const isAdded = target.id === "desk" && detail.requestConfig?.elt.closest?.(".module__foot");
  if (!isAdded) return;
  root.querySelector('input[name="builder-view"][value="desk"]').checked = true;
  const part = target.querySelector(".part--open");
  part?.scrollIntoView({ block: "nearest" });
  part?.querySelector(".part__link")?.focus({ preventScroll: true });
});

watchPictures(root);
startPalette(root);
start();
