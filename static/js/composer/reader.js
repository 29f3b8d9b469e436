// A mail that is only looked at: fitted to its frame, in the width the reader chooses.
import { Preview } from "./preview.js";

for (const stage of document.querySelectorAll("[data-preview]")) new Preview(stage);
