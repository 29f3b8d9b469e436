// Writing a module: sources in editors, fields in forms, the mail beside them. What is typed is saved and checked by
// the server; what it finds is shown at its line, at its field, and in one list.
import { Autosave } from "../composer/autosave.js";
import { Preview } from "../composer/preview.js";
import { sortable } from "./modules-fields.js";
import { SourceEditor } from "./modules-editor.js";
import { Tabs } from "./modules-tabs.js";

const form = document.querySelector("[data-module-editor]");
const stage = document.querySelector("[data-module-preview]");
const stale = document.querySelector("[data-stale]");
const tabs = new Tabs(form);
const editors = new Map();

const state = () => document.getElementById("compose-state");
const problems = () => [...state().querySelectorAll(".problems__item")];

/** The fields as they stand in the form, saved or not. */
function declared() {
  return [...form.querySelectorAll("[data-field]")].map((field) => ({
    type: field.querySelector("[data-type]").value,
    key: field.querySelector('[name$="-key"]')?.value ?? "",
    label: field.querySelector('[name$="-label"]')?.value ?? "",
  }));
}

function showAtLines() {
  for (const [part, editor] of editors) {
    const own = problems().filter((item) => item.dataset.part === part);
    editor.mark(own.map((item) => ({ line: Number(item.dataset.line), message: item.dataset.message })));
  }
}

/** “fields.2.max_length” belongs to the third field as they stand on the page. */
function showAtFields() {
  const told = new Map(problems().map((item) => [item.dataset.at, item.dataset.message]));
  form.querySelectorAll("[data-field]").forEach((field, place) => {
    for (const message of field.querySelectorAll("[data-at]")) {
      const at = message.dataset.at ? `fields.${place}.${message.dataset.at}` : `fields.${place}`;
      message.textContent = told.get(at) ?? "";
      const control = document.getElementById(message.dataset.errorFor);
      if (message.textContent) control?.setAttribute("aria-invalid", "true");
      else control?.removeAttribute("aria-invalid");
    }
  });
}

function showProblems() {
  showAtLines();
  showAtFields();
  for (const tab of tabs.names) {
    tabs.count(tab, problems().filter((item) => item.dataset.part === tab).length);
  }
  stale.hidden = state().dataset.fit === "yes";
}

function jump(item) {
  const { part, line, at } = item.dataset;
  tabs.choose(part);
  if (editors.has(part)) return editors.get(part).jump(Number(line));
  const [, place, ...rest] = at.split(".");
  const field = form.querySelectorAll("[data-field]")[Number(place)];
  if (!field) return document.getElementById(`panel-${part}`)?.querySelector("input, textarea")?.focus();
  field.open = true;
  const message = field.querySelector(`[data-at="${CSS.escape(rest.join("."))}"]`);
  (document.getElementById(message?.dataset.errorFor) ?? field.querySelector("summary")).focus();
}

// The preview shows the last state that works.

function previewUrl() {
  const url = new URL(stage.dataset.modulePreview, location.href);
  url.searchParams.set("look", document.querySelector('[name="preview-look"]:checked').value);
  url.searchParams.set("group", document.getElementById("preview-group").value);
  if (document.querySelector('[name="preview-fill"]').checked) url.searchParams.set("fill", "defaults");
  return url.href;
}

stage.dataset.preview = previewUrl();
const preview = new Preview(stage);

function showMail() {
  stage.dataset.preview = previewUrl();
  if (state().dataset.fit === "yes") preview.refresh(state().dataset.revision);
}

document.querySelector("[data-looks]").addEventListener("change", showMail);

// Saving

const autosave = new Autosave(form, {
  onSaved: () => {
    showProblems();
    showMail();
  },
});

form.addEventListener("submit", (event) => {
  if (!("plainSave" in (event.submitter?.dataset ?? {}))) return;
  event.preventDefault();
  autosave.save();
});
form.querySelector("[data-plain-save]").hidden = true;

document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-jump]");
  if (place) {
    event.preventDefault();
    jump(place.closest("li"));
  }
  const mine = event.target.closest("[data-use-mine]");
  if (mine) {
    state().querySelector('[name="stamp"]').value = mine.dataset.useMine;
    mine.closest("dialog").remove();
    autosave.save();
  }
});

// Fields come anew from the server when one is added, moved or removed.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "fields" || target.querySelector?.("#fields")) sortable(form);
});
sortable(form);

const words = await (await fetch(form.dataset.vocabulary)).json();
for (const textarea of form.querySelectorAll("[data-code]")) {
  editors.set(textarea.dataset.code, new SourceEditor(textarea, { words, fields: declared }));
}
showProblems();
form.dataset.ready = "yes";
