// Files go up one by one, each with its own bar, and each with its own answer.

const AT_ONCE = 2;

function line(drop, file) {
  const row = document.createElement("li");
  row.className = "upload";
  const name = document.createElement("span");
  name.className = "upload__name";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `${drop.dataset.textProgress} ${file.name}`);
  const words = document.createElement("span");
  words.className = "upload__words";
  words.textContent = drop.dataset.textWaiting;
  row.append(name, bar, words);
  drop.querySelector(".uploads").append(row);
  return { row, bar, words };
}

function finish({ row, bar, words }, text, state) {
  bar.remove();
  row.dataset.state = state;
  words.textContent = text;
}

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

/** Resolves with what the server says of the file, or with null when nothing was heard. fetch() tells no progress. */
function send(drop, file, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("group", drop.dataset.group);
    const folder = drop.closest("form")?.elements.namedItem("folder");
    if (folder) body.append("folder", folder.value);
    body.append("files", file);
    request.open("POST", drop.dataset.url);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("load", () => resolve(request.response));
    for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => resolve(null));
    request.send(body);
  });
}

async function upload(drop, file, shown) {
  const answer = await send(drop, file, (share) => {
    shown.bar.value = share;
    if (share === 1) shown.words.textContent = drop.dataset.textChecked;
  });
  const { textFailed, textAdded, textKnown } = drop.dataset;
  if (!answer?.slug) finish(shown, answer?.error ?? textFailed, "failed");
  else finish(shown, [answer.is_new ? textAdded : textKnown, answer.note].filter(Boolean).join(". "), "done");
  if (answer?.page) linked(drop, shown.row, answer);
  return answer?.slug ? answer : null;
}

function linked(drop, row, { page, needs_words: needsWords }) {
  const name = row.querySelector(".upload__name");
  const link = document.createElement("a");
  link.className = "upload__name";
  link.href = page;
  link.textContent = name.textContent;
  name.replaceWith(link);
  if (!needsWords) return;
  const ask = document.createElement("a");
  ask.href = page;
  ask.textContent = drop.dataset.textWords;
  row.append(ask);
}

async function uploadAll(drop, files) {
  const waiting = [...files].map((file) => [file, line(drop, file)]);
  const answers = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) answers.push(await upload(drop, ...next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  drop.dispatchEvent(new CustomEvent("uploads:done", { bubbles: true, detail: answers.filter(Boolean) }));
}

/** In the chooser one picture goes straight on, several are shown with the others; on the gallery's page the list follows. */
function goOn(drop, [first, ...more]) {
  if (!first) return;
  const [choose, list] = [drop.closest("[data-choose]"), document.getElementById("images")];
  const ask = (address, target, swap) => globalThis.htmx.ajax("GET", address, { source: target, target, swap });
  if (choose && more.length) choose.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
  else if (choose) ask(`${first.pick}?${drop.dataset.query}`, choose, "innerHTML");
  else if (list) ask(location.href, list, "outerHTML");
}

/** A place to drop pictures on: [data-drop] with data-url, data-group and its texts, a file input and a .uploads list. */
export function wireUploads(drop) {
  if (drop.dataset.wired) return;
  drop.dataset.wired = "yes";
  const input = drop.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    uploadAll(drop, input.files);
    input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.dataset.over = "yes";
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => delete drop.dataset.over);
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    uploadAll(drop, event.dataTransfer.files);
  });
  drop.addEventListener("uploads:done", ({ detail }) => goOn(drop, detail));
}
