// Rich text, with only the marks a field allows. The textarea stays the truth: it is what the form sends.
// The editor's own style element is left out, as the content security policy wants; richtext.css has its rules.

const EXTENSIONS = {
  bold: ["Bold"],
  italic: ["Italic"],
  link: ["Link"],
  bullet_list: ["BulletList", "ListItem"],
  ordered_list: ["OrderedList", "ListItem"],
};

const TOGGLES = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  bullet_list: (chain) => chain.toggleBulletList(),
  ordered_list: (chain) => chain.toggleOrderedList(),
};

const NAMES = { bullet_list: "bulletList", ordered_list: "orderedList" };

function extensionsFor(marks, tiptap) {
  const names = new Set(["Document", "Paragraph", "Text", "HardBreak", "History"]);
  for (const mark of marks) for (const name of EXTENSIONS[mark] ?? []) names.add(name);
  return [...names].map((name) => (name === "Link" ? linkOf(tiptap) : tiptap[name]));
}

function linkOf({ Link }) {
  return Link.configure({
    openOnClick: false,
    autolink: false,
    HTMLAttributes: { target: null, rel: null },
    isAllowedUri: (url) => /^(https:|mailto:|tel:)/i.test(url),
  });
}

function askForLink(editor) {
  const dialog = document.getElementById("link-dialog");
  const input = dialog.querySelector("input");
  input.value = editor.getAttributes("link").href ?? "";
  dialog.returnValue = "";
  dialog.addEventListener("close", () => setLink(editor, dialog.returnValue, input.value.trim()), { once: true });
  dialog.showModal();
}

function setLink(editor, answer, href) {
  const chain = editor.chain().focus().extendMarkRange("link");
  if (answer === "remove") chain.unsetLink().run();
  if (answer !== "set" || !href) return;
  const url = /^[a-z]+:/i.test(href) ? href : `https://${href}`;
  if (!editor.state.selection.empty || editor.isActive("link")) chain.setLink({ href: url }).run();
  else editor.chain().focus().insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href: url } }] }).run();
}

function makeBar(editor, marks) {
  const bar = document.getElementById("richtext-bar").content.firstElementChild.cloneNode(true);
  for (const tool of bar.querySelectorAll("[data-mark]")) {
    const mark = tool.dataset.mark;
    if (!marks.includes(mark)) {
      tool.remove();
      continue;
    }
    tool.addEventListener("click", () =>
      mark === "link" ? askForLink(editor) : TOGGLES[mark](editor.chain().focus()).run(),
    );
  }
  return bar;
}

function showState(bar, editor) {
  for (const tool of bar.querySelectorAll("[data-mark]")) {
    const name = NAMES[tool.dataset.mark] ?? tool.dataset.mark;
    tool.setAttribute("aria-pressed", String(editor.isActive(name)));
  }
}

function attributesFor(textarea) {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  const attributes = { role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent.trim() ?? "" };
  const description = textarea.getAttribute("aria-describedby");
  if (description) attributes["aria-describedby"] = description;
  return attributes;
}

function replace(textarea, tiptap) {
  const marks = textarea.dataset.marks.split(" ").filter(Boolean);
  const box = document.createElement("div");
  box.className = "richtext";
  textarea.before(box);
  textarea.hidden = true;
  const editor = new tiptap.Editor({
    element: box,
    content: textarea.value,
    extensions: extensionsFor(marks, tiptap),
    injectCSS: false,
    editorProps: { attributes: attributesFor(textarea) },
    onUpdate: () => {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const bar = makeBar(editor, marks);
  if (bar.children.length) box.prepend(bar);
  editor.on("transaction", () => showState(bar, editor));
  document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`)?.addEventListener("click", (event) => {
    event.preventDefault();
    editor.commands.focus();
  });
}

/** Each <textarea data-richtext data-marks="bold link"> inside the form; its data-editor-url names the bundle. */
export async function startRichText(form) {
  const textareas = [...form.querySelectorAll("textarea[data-richtext]:not([data-started])")];
  if (!textareas.length) return;
  for (const textarea of textareas) textarea.dataset.started = "";
  const tiptap = await import(new URL(form.dataset.editorUrl, location.href));
  for (const textarea of textareas) replace(textarea, tiptap);
}
