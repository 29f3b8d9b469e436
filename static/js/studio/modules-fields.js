// Fields are brought into order by drag; by keyboard, the buttons in each do the same.

/** Their order on the page is what the form sends, so nothing has to be numbered anew. */
export function sortable(form) {
  const list = form.querySelector("[data-fields]");
  if (!list || list.dataset.sortable) return;
  list.dataset.sortable = "yes";
  let held = null;

  for (const field of list.querySelectorAll("[data-field]")) {
    field.draggable = false;
    // Only the grip lets go of the ground: text in the controls can still be chosen by mouse.
    field.querySelector("[data-grip]").addEventListener("pointerdown", () => (field.draggable = true));
  }
  list.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-field]");
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    held.dataset.held = "yes";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-field]");
    if (!held || !over || over === held) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(held);
    else over.after(held);
  });
  list.addEventListener("drop", (event) => held && event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!held) return;
    held.draggable = false;
    delete held.dataset.held;
    held = null;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
