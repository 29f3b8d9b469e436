// The gallery wherever it stands: uploads with their progress, and the chooser that fields open.
//
// The chooser ([data-choose], the answer of studio:image_choose) posts nothing to the page around it. When a picture is
// chosen it dispatches `image:chosen`, which bubbles, with detail {slug, url, alt, width, height, decorative}.
import { wireUploads } from "./gallery-uploads.js";

function tell(choose, mark) {
  const { slug, url, alt, width, height } = mark.dataset;
  const detail = { slug, url, alt, width: Number(width), height: Number(height), decorative: "decorative" in mark.dataset };
  choose.dispatchEvent(new CustomEvent("image:chosen", { bubbles: true, detail }));
}

/** What is typed here is no change of the form the chooser stands in. */
function keepToItself(choose) {
  for (const name of ["input", "change"]) choose.addEventListener(name, (event) => event.stopPropagation());
}

function wire(choose) {
  if (choose.dataset.wired) return;
  choose.dataset.wired = "yes";
  keepToItself(choose);
  // What had the focus is gone with the step before.
  if (document.activeElement === document.body && choose.closest("dialog[open]")) choose.focus();
  choose.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-chosen]");
    if (mark) tell(choose, mark);
  });
}

/** The part that an automatic cut leaves, before it is made. */
function showFitted(box) {
  const { ratio, x, y } = box.dataset;
  box.style.aspectRatio = ratio.replace(":", "/");
  box.firstElementChild.style.objectPosition = `${x * 100}% ${y * 100}%`;
}

async function look(root) {
  for (const choose of root.querySelectorAll("[data-choose]")) wire(choose);
  for (const box of root.querySelectorAll("[data-fitted]")) showFitted(box);
  for (const drop of root.querySelectorAll("[data-drop]")) wireUploads(drop);
  for (const mark of root.querySelectorAll("[data-chosen][data-at-once]")) {
    delete mark.dataset.atOnce;
    tell(mark.closest("[data-choose]"), mark);
  }
  if (root.querySelector("[data-cropper], [data-focus-picture]")) (await import("./crop.js")).wireCroppers(root);
}

document.addEventListener("htmx:afterSettle", () => look(document));
look(document);
