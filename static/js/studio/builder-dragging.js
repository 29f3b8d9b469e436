// Modules dragged out of the palette, and parts dragged into another order. The server answers with the parts as they
// are then; until it does, the list shows what was dropped. Buttons do the same for keyboards.

const started = new WeakSet();

function send(desk, values) {
  htmx.ajax("POST", desk.dataset.url, { source: desk, target: "#desk", swap: "outerHTML", values });
}

function openPart() {
  return document.querySelector(".parts .part--open")?.dataset.part ?? "";
}

function sortParts(list, desk, Sortable) {
  Sortable.create(list, {
    group: { name: "parts", put: ["palette"] },
    handle: "[data-grip]",
    animation: 150,
    ghostClass: "is-dragged",
    onUpdate: ({ item, newIndex }) => send(desk, { do: "move", place: item.dataset.part, to: newIndex, open: openPart() }),
    onAdd: ({ item, newIndex }) => send(desk, { do: "add", module: item.dataset.module, at: newIndex }),
  });
}

function offerModules(list, Sortable) {
  Sortable.create(list, {
    group: { name: "palette", pull: "clone", put: false },
    sort: false,
    animation: 150,
    ghostClass: "is-dragged",
    filter: "button",
    preventOnFilter: false,
    delay: 150,
    delayOnTouchOnly: true,
    onStart: () => document.body.classList.add("is-dragging-module"),
    onEnd: () => document.body.classList.remove("is-dragging-module"),
  });
}

/** Root: [data-builder] with the library's address; lists are [data-parts] and [data-palette]. */
export async function startDragging(root) {
  const lists = [...root.querySelectorAll("[data-parts], [data-palette]")].filter((list) => !started.has(list));
  if (!lists.length) return;
  for (const list of lists) started.add(list);
  await import(new URL(root.dataset.sortableUrl, location.href));
  for (const list of lists) {
    if (list.matches("[data-parts]")) sortParts(list, list.closest("[data-url]"), self.Sortable);
    else offerModules(list, self.Sortable);
  }
}
