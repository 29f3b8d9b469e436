// "12 left", "3 too many": counted as the server counts, in characters and not in code units.

const watched = new WeakSet();
const NEAR = 10;

function textOf(control) {
  if (!control.hasAttribute("data-richtext")) return control.value;
  return new DOMParser().parseFromString(control.value, "text/html").body.textContent;
}

function show(counter, control) {
  const left = Number(counter.dataset.limit) - [...textOf(control).trim()].length;
  const words = left < 0 ? counter.dataset.textOver : counter.dataset.textLeft;
  counter.textContent = words.replace("%s", Math.abs(left));
  counter.dataset.state = left < 0 ? "over" : left <= NEAR ? "near" : "fits";
}

/** Counters are <output data-counter="control id" data-limit data-text-left data-text-over>. */
export function watchCounters(root) {
  for (const counter of root.querySelectorAll("[data-counter]")) {
    const control = document.getElementById(counter.dataset.counter);
    if (!control || watched.has(counter)) continue;
    watched.add(counter);
    control.addEventListener("input", () => show(counter, control));
    show(counter, control);
  }
}
