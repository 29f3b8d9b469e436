"""Takes out of the tree what no mail may carry, and says so."""

from __future__ import annotations

import re

from library.importing.notes import Notes
from library.importing.tree import COMMENT, TEXT, Node

_SCRIPTS = frozenset({"script", "noscript", "template"})
_FORMS = frozenset(
    [
        "form",
        "input",
        "button",
        "select",
        "option",
        "optgroup",
        "textarea",
        "label",
        "fieldset",
        "legend",
        "datalist",
    ]
)
_EMBEDDED = frozenset(
    [
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "source",
        "track",
        "canvas",
        "svg",
        "math",
        "dialog",
    ]
)
_HEAD = frozenset(["base", "link", "meta", "title"])
#: Their content stays, without them.
_UNWRAPPED = frozenset({"form", "label", "fieldset", "noscript"})
_KEPT = frozenset(
    [
        "html",
        "head",
        "body",
        "style",
        "div",
        "span",
        "p",
        "a",
        "img",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "colgroup",
        "col",
        "br",
        "hr",
        "wbr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "strike",
        "del",
        "ins",
        "small",
        "big",
        "sub",
        "sup",
        "font",
        "center",
        "blockquote",
        "q",
        "cite",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "abbr",
        "address",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "nav",
        "figure",
        "figcaption",
        "tt",
        "mark",
        "time",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "style",
        "class",
        "id",
        "align",
        "valign",
        "width",
        "height",
        "bgcolor",
        "border",
        "cellpadding",
        "cellspacing",
        "colspan",
        "rowspan",
        "role",
        "dir",
        "lang",
        "title",
        "alt",
        "src",
        "href",
        "target",
        "color",
        "face",
        "size",
        "type",
        "start",
        "background",
        "hspace",
        "vspace",
        "nowrap",
        "scope",
    ]
)
_SAFE_LINK = re.compile(r"(?i)\s*(https?://|mailto:|tel:)")
_BAD_SCHEME = re.compile(r"(?i)[\s\x00-\x20]*[a-z][a-z0-9+.-]*:")
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_AT_RULE = re.compile(
    r"@(?:import|charset|namespace)\b(?:\s*url\([^)]*\)|\s*\"[^\"]*\"|\s*'[^']*')?[^;{}]*;?", re.IGNORECASE
)
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
_UNSAFE = re.compile(r"(?i)expression\s*\(|javascript:|vbscript:|behavior\s*:|-moz-binding|</|<!--|-->|\\")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def clean(node: Node, notes: Notes) -> None:
    """The tree below the node, without scripts, forms, handlers, embedded things and unsafe addresses."""
    kept: list[Node] = []
    for child in node.children:
        kept += _cleaned(child, notes)
    node.children = kept


def _cleaned(node: Node, notes: Notes) -> list[Node]:
    if node.tag in (TEXT, COMMENT):
        return [node]
    if node.tag not in _UNWRAPPED and _is_forbidden(node, notes):
        return []
    if node.tag in {"style", "mj-style"}:
        return [node]
    clean(node, notes)
    if node.tag in _UNWRAPPED or not (node.tag in _KEPT or node.tag.startswith(("mj-", "mjml"))):
        _say_unwrapped(node, notes)
        return node.children
    if node.tag == "img" and _is_pixel(node):
        notes.removed("pixel", node.line)
        return []
    _clean_attributes(node, notes)
    return [node]


def _is_forbidden(node: Node, notes: Notes) -> bool:
    for code, tags in (("script", _SCRIPTS), ("form", _FORMS), ("embedded", _EMBEDDED)):
        if node.tag in tags:
            notes.removed(code, node.line, tag=node.tag)
            return True
    return node.tag in _HEAD


def _say_unwrapped(node: Node, notes: Notes) -> None:
    if node.tag in _FORMS:
        notes.removed("form", node.line, tag=node.tag)
    elif node.tag not in _UNWRAPPED:
        notes.removed("unknown_tag", node.line, tag=node.tag)


def _is_pixel(node: Node) -> bool:
    sizes = [node.attributes.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    return all(size in ("0", "1") for size in sizes)


def _clean_attributes(node: Node, notes: Notes) -> None:
    is_mjml = node.tag.startswith("mj-")
    for name, value in list(node.attributes.items()):
        if name.startswith("on"):
            notes.removed("handler", node.line, name=name, tag=node.tag)
            del node.attributes[name]
        elif not is_mjml and name not in _ATTRIBUTES and not name.startswith("aria-"):
            del node.attributes[name]
        elif name == "style":
            node.attributes[name] = safe_css(value, node.line, notes)
    for name in ("href", "src", "background", "background-url"):
        if name in node.attributes:
            _clean_address(node, name, notes)


def _clean_address(node: Node, name: str, notes: Notes) -> None:
    url = node.attributes[name].strip()
    node.attributes[name] = url
    if url.lower().startswith("http://"):
        node.attributes[name] = "https://" + url[7:]
        notes.changed("insecure", node.line, url=url[:80])
    elif url.lower().startswith("data:image/") and name != "href":
        node.attributes[name] = ""
        notes.removed("data_picture", node.line)
    elif _BAD_SCHEME.match(url) and not _SAFE_LINK.match(url):
        node.attributes[name] = ""
        notes.removed("address", node.line, url=url[:80])


def safe_css(css: str, line: int, notes: Notes) -> str:
    """Declarations or a style sheet that neither fetch a style nor run anything; pictures only by https."""
    css = _CSS_COMMENT.sub("", css)
    for pattern, code in ((_AT_RULE, "import_css"), (_FONT_FACE, "import_css")):
        css, count = pattern.subn("", css)
        if count:
            notes.removed(code, line)
    kept, unsafe = _URL.subn(_safe_url, css), _UNSAFE.search(css)
    if unsafe:
        notes.removed("unsafe_css", line)
        return ""
    return kept[0].strip()


def _safe_url(found: re.Match[str]) -> str:
    url = found[2].strip()
    if url.lower().startswith("http://"):
        url = "https://" + url[7:]
    return f"url('{url}')" if re.fullmatch(r"https://[^\s'\"()<>\\]+", url) else "none"
