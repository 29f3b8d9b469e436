// The start of every page. Each part looks for its own marks and does nothing where there are none.
import "./copying.js";
import "./dialogs.js";
import "./menus.js";
import "./passwords.js";
import "./focus.js";
import "./steps.js";
import "./studio/gallery.js";
import "./toasts.js";

if (document.querySelector("[data-builder]")) import("./studio/builder.js");
else if (document.querySelector("[data-composer]")) import("./composer/index.js");
else if (document.querySelector("[data-preview]")) import("./composer/reader.js");
