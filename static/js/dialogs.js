// Dialogs open by the platform's own command and commandfor; this teaches them to browsers that lack them,
// tells a dialog's contents that it opened, and opens those that the server sends to be seen at once.

const isNative = "commandForElement" in HTMLButtonElement.prototype;

function obey(button) {
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (button.getAttribute("command") === "show-modal") dialog.showModal();
  if (button.getAttribute("command") === "close") dialog.close(button.value);
}

function closeOnBackdrop(event) {
  const dialog = event.target;
  if (!(dialog instanceof HTMLDialogElement) || dialog.getAttribute("closedby") !== "any") return;
  const box = dialog.getBoundingClientRect();
  const isInside =
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!isInside) dialog.close();
}

function openThoseThatAsk(root) {
  for (const dialog of root.querySelectorAll("dialog[data-opens-itself]:not([open])")) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[commandfor]");
  if (button && !isNative) obey(button);
  if (!("closedBy" in HTMLDialogElement.prototype)) closeOnBackdrop(event);
});

// "toggle" does not bubble, so it is caught on its way down.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target instanceof HTMLDialogElement && event.newState === "open") {
      event.target.dispatchEvent(new CustomEvent("dialog:open"));
    }
  },
  true,
);

document.addEventListener("htmx:afterSettle", () => openThoseThatAsk(document));
openThoseThatAsk(document);
