// The picture chosen in the grid shows in the form at once.

export function watchPictures(form) {
  form.addEventListener("change", (event) => {
    const choice = event.target.closest(".picture-choice");
    if (!choice) return;
    const chosen = choice.querySelector("img");
    const shown = form.querySelector(`img[data-shows-picture="${CSS.escape(event.target.name)}"]`);
    if (!shown) return;
    shown.hidden = !chosen;
    if (!chosen) return;
    shown.src = chosen.currentSrc || chosen.src;
    // Another picture needs other words; the gallery's are the best to start from.
    const words = form.querySelector(`input[data-describes="${CSS.escape(event.target.name)}"]`);
    if (words) words.value = words.placeholder = chosen.alt;
  });
}
