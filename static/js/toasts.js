// Good news leaves by itself, unless somebody is reading it; bad news stays until it is dismissed.

const region = document.getElementById("toasts");
const LIFETIME = 8000;

function leaveInTime(toast) {
  if (toast.dataset.toast === "error") return;
  let timer = setTimeout(() => toast.remove(), LIFETIME);
  const stay = () => clearTimeout(timer);
  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), LIFETIME);
  };
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, leave);
}

/** Show one message. Level is "success" or "error". */
export function toast(text, level = "success") {
  const box = document.createElement("div");
  box.className = level === "error" ? "toast toast--error" : "toast";
  box.dataset.toast = level;
  const words = document.createElement("p");
  words.className = "toast__text";
  words.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.dismiss = "";
  button.textContent = region.dataset.textDismiss;
  box.append(words, button);
  region.append(box);
}

new MutationObserver((records) => {
  for (const record of records) {
    for (const node of record.addedNodes) if (node instanceof HTMLElement) leaveInTime(node);
  }
}).observe(region, { childList: true });

region.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest(".toast").remove();
});

// The composer tells of its own troubles, beside the words that were not saved.
function isToldElsewhere(event) {
  return event.target.closest?.("[data-composer]") !== null;
}

document.addEventListener("htmx:sendError", (event) => {
  if (!isToldElsewhere(event)) toast(region.dataset.textGone, "error");
});

document.addEventListener("htmx:responseError", (event) => {
  if (isToldElsewhere(event)) return;
  const isSignedOut = event.detail.xhr.status === 401 || event.detail.xhr.status === 403;
  toast(isSignedOut ? region.dataset.textSignedOut : region.dataset.textFailed, "error");
});
