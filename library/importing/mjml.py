"""Cuts a newsletter in MJML into parts: each section, wrapper or hero of its body becomes one."""

from __future__ import annotations

from dataclasses import dataclass, field

from library.importing.defaults import DEFAULTS, ENDING, LEAVES, STRUCTURE
from library.importing.notes import Notes
from library.importing.tree import TEXT, Node
from library.importing.writing import Writer, attributes

WIDTH = "600px"
_BREAKPOINT = "480px"


@dataclass
class Head:
    """What mj-head says about elements of the body."""

    every: dict[str, str] = field(default_factory=dict)
    by_tag: dict[str, dict[str, str]] = field(default_factory=dict)
    by_class: dict[str, dict[str, str]] = field(default_factory=dict)
    title: str = ""
    preview: str = ""
    styles: list[Node] = field(default_factory=list)

    def resolve(self, node: Node) -> dict[str, str]:
        """All that holds for the element, its own words last."""
        own = dict(node.attributes)
        classes = [self.by_class.get(name, {}) for name in own.pop("mj-class", "").split()]
        resolved = {**DEFAULTS.get(node.tag, {}), **self.every, **self.by_tag.get(node.tag, {})}
        for each in classes:
            resolved |= each
        return resolved | own


def head_of(document: Node, notes: Notes) -> Head:
    head, node = Head(), document.find("mj-head")
    for child in node.elements if node else []:
        if child.tag == "mj-attributes":
            _take_attributes(head, child)
        elif child.tag == "mj-title":
            head.title = child.words()
        elif child.tag == "mj-preview":
            head.preview = child.words()
        elif child.tag == "mj-style":
            head.styles.append(child)
        elif child.tag == "mj-font":
            notes.changed("font", child.line, name=child.attributes.get("name", ""))
        elif child.tag == "mj-breakpoint" and child.attributes.get("width") != _BREAKPOINT:
            notes.look("breakpoint", child.line, width=child.attributes.get("width", ""))
    return head


def _take_attributes(head: Head, node: Node) -> None:
    for each in node.elements:
        values = dict(each.attributes)
        if each.tag == "mj-all":
            head.every |= values
        elif each.tag == "mj-class":
            head.by_class.setdefault(values.pop("name", ""), {}).update(values)
        else:
            head.by_tag.setdefault(each.tag, {}).update(values)


def ground_of(body: Node, head: Head, notes: Notes) -> str:
    """The colour behind everything."""
    resolved = head.resolve(body)
    if (width := resolved.get("width", WIDTH)) != WIDTH:
        notes.look("width", body.line, width=width.removesuffix("px"))
    return resolved.get("background-color", "#ffffff")


def source_of(node: Node, head: Head, ground: str, writer: Writer) -> str:
    """MJML of one part that stands on the newsletter's own ground, whatever the brand's is."""
    if node.tag == "mj-raw":
        return f'<mj-raw><div style="background-color:{ground}">{writer.content(node)}</div></mj-raw>'
    written = _Writing(head, writer).element(node, ground)
    if node.tag == "mj-wrapper" or "full-width" in head.resolve(node):
        return written
    return (
        f'<mj-wrapper full-width="full-width" background-color="{ground}" padding="0">{written}</mj-wrapper>'
    )


@dataclass(frozen=True)
class _Writing:
    head: Head
    writer: Writer

    def element(self, node: Node, ground: str) -> str:
        if node.tag == TEXT or not node.is_element:
            return ""
        node.attributes = self.head.resolve(node)
        if node.tag in ("mj-section", "mj-wrapper"):
            node.attributes.setdefault("background-color", ground)
            ground = "" if "background-url" in node.attributes else node.attributes["background-color"]
        if node.tag in STRUCTURE:
            return self._structure(node, ground)
        if node.tag in ENDING:
            return self._ending(node)
        if node.tag in LEAVES:
            return self._leaf(node)
        self.writer.notes.removed("unknown_mj", node.line, tag=node.tag)
        return ""

    def _structure(self, node: Node, ground: str) -> str:
        background = ""
        if node.attributes.get("background-url"):
            key, url = self.writer.picture(node, src="background-url", name="background")
            background = f'[% if {key} %] background-url="{url}"[% endif %]'
        inside = "".join(self.element(child, ground) for child in node.children)
        return f"<{node.tag}{background}{attributes(node)}>{inside}</{node.tag}>\n"

    def _ending(self, node: Node) -> str:
        if node.tag == "mj-button" and (button := self._button(node)):
            return button
        if node.tag == "mj-raw":
            return f"<mj-raw>{self.writer.content(node)}</mj-raw>\n"
        inside = self.writer.content(node)
        href = self.writer.link(node) if "href" in node.attributes else ""
        return f"<{node.tag}{href}{attributes(node)}>{inside}</{node.tag}>\n"

    def _button(self, node: Node) -> str:
        """Label and address in one field, where the button has both and nothing else."""
        writer, url, label = self.writer, node.attributes.get("href", ""), node.words()
        if not writer.is_button(node, label, url):
            return ""
        del node.attributes["href"]
        key = writer.fields.button(label, url)
        writer.new_line()
        writer.say(f"[% if {key} %][[ {key}.label ]]: [[ {key}.url ]][% endif %]")
        writer.new_line()
        opening = f'<mj-button href="[[ {key}.url ]]"{attributes(node)}>'
        return f"[% if {key} %]{opening}[[ {key}.label ]]</mj-button>[% endif %]\n"

    def _leaf(self, node: Node) -> str:
        if "src" not in node.attributes:
            return f"<{node.tag}{attributes(node)} />\n"
        key, url = self.writer.picture(node)
        href = self.writer.link(node) if "href" in node.attributes else ""
        rest = f'{href} alt="[[ {key}.alt ]]"{attributes(node)} />'
        return f'[% if {key} %]<{node.tag} src="{url}"{rest}[% endif %]\n'
