"""Rich text keeps the marks a field allows, always closed and flat, and reads well as plain text."""

from __future__ import annotations

import mrml
import nh3
import pytest
from hypothesis import given

from library.engine import rich
from tests.engine.cast import rich_texts

ALL = ("bold", "italic", "link", "bullet_list", "ordered_list")


def written(source: str, marks: tuple[str, ...] = ALL) -> str:
    """Without the looks, which say nothing here."""
    html = rich.as_html(rich.read(source, marks), link_colour="#000000")
    return nh3.clean(
        html,
        tags={"p", "a", "strong", "em", "ul", "ol", "li", "br"},
        attributes={"a": {"href"}},
        link_rel=None,
    )


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("plain words", "<p>plain words</p>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<b>a <i>b</b> c</i>", "<p><strong>a </strong><strong><em>b</em></strong><em> c</em></p>"),
        ("<div>a</div><h1>b</h1>", "<p>a</p><p>b</p>"),
        ("a<br>b<br>", "<p>a<br>b</p>"),
        ("<p> </p><p><b></b></p><br>", ""),
        ("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</ol>", "<ol><li>a</li><li>b</li><li>c</li></ol>"),
        ("<li>stray</li>", "<p>stray</p>"),
        (
            "<a href='https://example.org/?a=1&b=2'>x <b>y</b></a>",
            '<p><a href="https://example.org/?a=1&amp;b=2">x <strong>y</strong></a></p>',
        ),
        ("<a href='javascript:alert(1)'>x</a>", "<p>x</p>"),
        ("<a href='https://good@evil.example'>x</a>", "<p>x</p>"),
        ("<script>alert(1)</script>a<style>b</style>", "<p>a</p>"),
        ("<p onclick=x style='position:fixed'>a</p>", "<p>a</p>"),
        ("1 &lt; 2 &amp;amp;", "<p>1 &lt; 2 &amp;amp;</p>"),
    ],
)
def test_it_is_written_anew(source: str, result: str) -> None:
    assert written(source) == result


@pytest.mark.parametrize(
    ("marks", "result"),
    [
        ((), "<p>a b c</p><p>d</p>"),
        (("bold",), "<p><strong>a</strong> b c</p><p>d</p>"),
        (("link", "bullet_list"), '<p>a b <a href="https://example.org">c</a></p><ul><li>d</li></ul>'),
    ],
)
def test_only_the_field_s_own_marks_are_left(marks: tuple[str, ...], result: str) -> None:
    source = "<b>a</b> <i>b</i> <a href='https://example.org'>c</a><ul><li>d</li></ul>"

    assert written(source, marks) == result


def test_the_plain_text_has_its_links_and_its_lists() -> None:
    source = "<p>See <a href='https://example.org'>here</a></p><ol><li>one<li>two</ol><a href='mailto:a@b.org'>a@b.org</a>"

    assert (
        rich.as_text(rich.read(source, ALL)) == "See here (https://example.org)\n\n1. one\n2. two\n\na@b.org"
    )


def test_the_length_is_what_people_see() -> None:
    assert rich.length(rich.read("<p><b>ab</b> c&amp;</p><ul><li>d</ul>", ALL)) == 6


def test_looks_are_inline_and_follow_the_direction() -> None:
    blocks = rich.read("<ul><li><a href='https://example.org'>a</a></ul>", ALL)

    assert ";color:#123456" in rich.as_html(blocks, link_colour="#123456")
    assert "padding:0 24px 0 0" in rich.as_html(blocks, link_colour="#123456", direction="rtl")


@given(rich_texts)
def test_it_always_compiles_and_comes_out_the_same_a_second_time(source: str) -> None:
    html = rich.as_html(rich.read(source, ALL), link_colour="#000000")

    assert html in mrml.to_html(
        f"<mjml><mj-body><mj-section><mj-column><mj-text>{html}</mj-text></mj-column></mj-section></mj-body></mjml>"
    ).content.replace("<br />", "<br/>")
    assert (
        rich.as_html(rich.read(html.replace("\u2060", ""), ALL), link_colour="#000000") == html
        or "\u2060" in source
    )
