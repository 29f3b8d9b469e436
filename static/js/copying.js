// A button that puts a list into the clipboard, a line for each item. Without a clipboard it stays hidden.

const SHOWN_FOR = 2000;

for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue;
  const label = button.querySelector("span");
  const text = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const items = [...document.getElementById(button.dataset.copies).children];
    await navigator.clipboard.writeText(items.map((item) => item.textContent.trim()).join("\n"));
    label.textContent = button.dataset.textDone;
    setTimeout(() => (label.textContent = text), SHOWN_FOR);
  });
}
