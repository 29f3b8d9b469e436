// A picture chosen in the gallery's dialog goes into the form, and shows there at once.

function put(form, dialog, { slug, url, alt }) {
  const field = dialog.closest(".field");
  const source = field.querySelector("[data-picture-src]");
  const shown = field.querySelector("[data-picture-shown]");
  const words = field.querySelector("[data-picture-alt]");
  const clear = field.querySelector("[data-picture-clear]");
  source.value = slug;
  shown.hidden = !slug;
  if (slug) shown.src = url;
  if (clear) clear.hidden = !slug;
  // Another picture needs other words; the gallery's are the best to start from.
  if (words) words.value = words.placeholder = alt;
  source.dispatchEvent(new Event("change", { bubbles: true }));
}

/** `image:chosen` comes from the gallery's choices with slug, url and alt. */
export function watchPictures(form) {
  form.addEventListener("image:chosen", (event) => {
    const dialog = event.target.closest("[data-picture-dialog]");
    if (!dialog) return;
    put(form, dialog, event.detail);
    dialog.close();
  });
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-picture-clear]")) return;
    const dialog = event.target.closest(".field").querySelector("[data-picture-dialog]");
    put(form, dialog, { slug: "", url: "", alt: "" });
  });
}
