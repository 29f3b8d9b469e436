// Writing beside the mail: what is typed is saved, and what is saved is shown.
import { Autosave } from "./autosave.js";
import { watchCounters } from "./counters.js";
import { watchPictures } from "./pictures.js";
import { Preview } from "./preview.js";
import { startRichText } from "./richtext.js";

const form = document.querySelector("[data-composer]");
const stage = document.querySelector("[data-preview]");
const preview = stage ? new Preview(stage) : null;

new Autosave(form, { onSaved: (revision) => preview?.refresh(revision) });
watchCounters(document);
watchPictures(form);
startRichText(form);

// Parts of the form come anew from the server when items are added, moved or removed.
document.addEventListener("htmx:afterSettle", () => {
  watchCounters(document);
  startRichText(form);
});
