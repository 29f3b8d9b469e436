// Saves what is typed, a moment after the last key, one request at a time, and says how that went.

const PAUSE = 120;
const LONGEST_WAIT = 30000;

/** A message below a control and the mark on the control itself say the same. */
function markErrors(form) {
  for (const message of form.querySelectorAll("[data-error-for]")) {
    const control = document.getElementById(message.dataset.errorFor);
    const isWrong = message.textContent.trim() !== "";
    if (isWrong) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
    control?.closest(".field")?.querySelector(".richtext")?.toggleAttribute("data-invalid", isWrong);
  }
}

export class Autosave {
  /** The form posts itself by htmx on "composer:save"; the answer holds #compose-state with the new revision. */
  constructor(form, { onSaved }) {
    this.form = form;
    this.onSaved = onSaved;
    this.indicator = document.querySelector("[data-saved]");
    this.timer = undefined;
    this.isDirty = false;
    this.isLeaving = false;
    this.wait = 0;
    this.listen();
    if (this.wasTypedEarly()) this.soon(0);
  }

  /** Whether somebody was quicker than this script, and typed before it was there. */
  wasTypedEarly() {
    return [...this.form.elements].some((control) =>
      control.type === "radio" || control.type === "checkbox"
        ? control.checked !== control.defaultChecked
        : "defaultValue" in control && control.value !== control.defaultValue,
    );
  }

  listen() {
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.soon(PAUSE));
    this.form.addEventListener("htmx:beforeRequest", ({ detail }) => this.isSave(detail.elt) && this.begin());
    this.form.addEventListener("htmx:afterRequest", ({ detail }) => this.isSave(detail.elt) && this.finish(detail));
    addEventListener("online", () => this.isDirty && this.save());
    addEventListener("beforeunload", (event) => {
      if (this.isDirty && !this.isLeaving) event.preventDefault();
    });
    // Going on to the next step sends the same values with it: nothing is lost, so nobody is asked.
    this.form.addEventListener("submit", () => (this.isLeaving = true));
  }

  /** Besides the form itself, a button marked data-saves (add, move, remove an item) sends all values too. */
  isSave(element) {
    return element === this.form || element.hasAttribute("data-saves");
  }

  soon(delay) {
    this.isDirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  save() {
    clearTimeout(this.timer);
    this.form.dispatchEvent(new CustomEvent("composer:save"));
  }

  begin() {
    this.isDirty = false;
    this.say("saving");
  }

  finish({ successful, xhr }) {
    // A conflict is a question to the person, asked in a dialog of its own; repeating would not answer it.
    if (xhr.status === 409) return this.say("failed");
    if (successful) return this.succeed();
    this.say(xhr.status === 0 ? "offline" : "failed");
    this.wait = Math.min(Math.max(this.wait * 2, 2000), LONGEST_WAIT);
    this.soon(this.wait);
  }

  succeed() {
    this.wait = 0;
    if (!this.isDirty) this.say("saved");
    markErrors(this.form);
    this.onSaved(document.getElementById("compose-state")?.dataset.revision);
  }

  say(state) {
    if (this.indicator) this.indicator.dataset.state = state;
  }
}
