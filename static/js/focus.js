// After a page or a part of it arrived with something wrong, the reader is taken to it.

function focusOn(root) {
  const target = root.querySelector("[data-focus]") ?? root.querySelector('[aria-invalid="true"]');
  target?.focus({ preventScroll: false });
}

focusOn(document);
document.addEventListener("htmx:afterSwap", (event) => {
  const target = event.detail.target?.querySelector?.("[data-focus]");
  target?.focus();
});
