// A password can be looked at while it is typed.

for (const button of document.querySelectorAll("[data-shows-password]")) {
  const input = document.getElementById(button.dataset.showsPassword);
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? button.dataset.textHide : button.dataset.textShow;
    button.setAttribute("aria-pressed", String(isShown));
  });
}
