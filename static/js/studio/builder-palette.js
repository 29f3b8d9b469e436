// The palette: its search, and its pictures. Each picture is a mail of its own, so they come one after the other and
// only when they are seen: a change must never wait behind them.

const queue = [];
let isLoading = false;

function next() {
  if (isLoading) return;
  const frame = queue.shift();
  if (!frame) return;
  isLoading = true;
  const done = () => {
    isLoading = false;
    setTimeout(next, 50);
  };
  frame.addEventListener("load", done, { once: true });
  frame.addEventListener("error", done, { once: true });
  frame.src = frame.dataset.src;
  frame.removeAttribute("data-src");
}

function showPictures(root) {
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      const frame = target.querySelector("iframe[data-src]");
      if (frame) queue.push(frame);
    }
    next();
  });
  for (const picture of root.querySelectorAll("[data-picture-of]")) observer.observe(picture);
}

function search(root, words) {
  const modules = [...root.querySelectorAll("[data-module]")];
  for (const module of modules) module.hidden = !module.dataset.words.includes(words);
  root.querySelector("[data-palette-none]").hidden = modules.length === 0 || modules.some((module) => !module.hidden);
}

/** Root: [data-builder], with [data-palette-search] and a [data-picture-of] for each module. */
export function startPalette(root) {
  showPictures(root);
  const input = root.querySelector("[data-palette-search]");
  input?.addEventListener("input", () => search(root, input.value.trim().toLowerCase()));
}
