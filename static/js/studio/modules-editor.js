// A source editor over a textarea. The textarea stays what the form sends; without this script it is the editor.
//
// CodeMirror writes its styles at run time. In a shadow root it does so by adoptedStyleSheets, which the content
// security policy allows; in the document it would add a <style> element, which it does not.
import {
  autocompletion,
  bracketMatching,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  Decoration,
  defaultKeymap,
  drawSelection,
  EditorState,
  EditorView,
  foldGutter,
  foldKeymap,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSelectionMatches,
  HighlightStyle,
  history,
  historyKeymap,
  indentUnit,
  keymap,
  lineNumbers,
  lintGutter,
  lintKeymap,
  MatchDecorator,
  search,
  searchKeymap,
  setDiagnostics,
  syntaxHighlighting,
  tags,
  ViewPlugin,
  xml,
} from "../../vendor/codemirror.min.js";
import { jinjaCompletions, schemaOf } from "./modules-completion.js";

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "0.8125rem", backgroundColor: "var(--paper)", color: "var(--ink)" },
  "&.cm-focused": { outline: "2px solid var(--brand-primary)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace', lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "var(--paper-soft)", color: "var(--ink-faint)", borderColor: "var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--tint) 70%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-jinja": { color: "#7a2d8f", fontWeight: "600" },
  ".cm-jinja *, .cm-liquid *": { color: "inherit" },
  ".cm-liquid": { color: "#0b6560", fontWeight: "600" },
  ".cm-jinja-comment, .cm-jinja-comment *": { color: "var(--ink-faint)", fontStyle: "italic" },
  ".cm-tooltip": { border: "1px solid var(--line-strong)", borderRadius: "8px", backgroundColor: "var(--paper)", overflow: "hidden" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--brand-primary)", color: "var(--brand-on-primary)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.75" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)", color: "var(--ink)" },
  ".cm-panels": { backgroundColor: "var(--paper-soft)", color: "var(--ink)" },
});

const ink = HighlightStyle.define([
  { tag: tags.tagName, color: "#1f4f8a", fontWeight: "600" },
  { tag: tags.angleBracket, color: "#5b6270" },
  { tag: tags.attributeName, color: "#7f4a00" },
  { tag: tags.attributeValue, color: "#17663f" },
  { tag: tags.comment, color: "#636975", fontStyle: "italic" },
  { tag: tags.invalid, color: "#a3201d" },
]);

/** [[ ]], [% %] and [# #] are ours, {{ }} and {% %} are Braze's: marked over whatever the language beneath makes of them. */
const TEMPLATING = new MatchDecorator({
  regexp: /\[#.*?#\]|\[\[.*?\]\]|\[%.*?%\]|\{\{.*?\}\}|\{%.*?%\}/g,
  decoration: ([found]) =>
    Decoration.mark({
      class: found.startsWith("[#") ? "cm-jinja-comment" : found.startsWith("[") ? "cm-jinja" : "cm-liquid",
    }),
});

const templating = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.decorations = TEMPLATING.createDeco(view);
    }

    update(update) {
      this.decorations = TEMPLATING.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

export class SourceEditor {
  /** Takes the textarea's place; `words` is what the server offers, `fields` says what the form declares just now. */
  constructor(textarea, { words, fields }) {
    this.textarea = textarea;
    const host = document.createElement("div");
    host.className = "source-host";
    host.dataset.source = textarea.dataset.code;
    textarea.after(host);
    const root = host.attachShadow({ mode: "open" });
    this.view = new EditorView({ parent: root, root, state: this.begin(words, fields) });
    textarea.hidden = true;
  }

  begin(words, fields) {
    const isMarkup = this.textarea.dataset.code === "mjml";
    // One and the same source at every key: a new one would begin to ask anew, and never answer.
    const offered = [{ autocomplete: jinjaCompletions(words, fields) }];
    const label = document.querySelector(`label[for="${this.textarea.id}"]`)?.textContent ?? "";
    return EditorState.create({
      doc: this.textarea.value,
      extensions: [
        lineNumbers(),
        lintGutter(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        foldGutter(),
        search({ top: true }),
        indentUnit.of("  "),
        EditorView.lineWrapping,
        autocompletion(),
        isMarkup ? xml(schemaOf(words)) : [],
        EditorState.languageData.of(() => offered),
        syntaxHighlighting(ink),
        templating,
        look,
        EditorView.contentAttributes.of({ "aria-label": label, "data-source": this.textarea.dataset.code }),
        // Tab moves on, as everywhere else on the page; what it would do is Ctrl-] here.
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...lintKeymap,
        ]),
        EditorView.updateListener.of((update) => update.docChanged && this.changed()),
      ],
    });
  }

  changed() {
    this.textarea.value = this.view.state.doc.toString();
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** problems: [{ line, message }], lines from 1; one without a line stands at the first. */
  mark(problems) {
    const { doc } = this.view.state;
    const diagnostics = problems.map(({ line, message }) => {
      const { from, to } = doc.line(Math.min(Math.max(line || 1, 1), doc.lines));
      const start = from + (doc.sliceString(from, to).search(/\S/) + 1 || 1) - 1;
      return { from: start, to, severity: "error", message };
    });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  jump(line) {
    const { from } = this.view.state.doc.line(Math.min(Math.max(line || 1, 1), this.view.state.doc.lines));
    this.view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.view.focus();
  }
}
