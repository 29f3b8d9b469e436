"""A module that would run for ever or fill the memory is stopped, and says which it is."""

from __future__ import annotations

import pytest

from library.engine import RenderError, render
from library.engine.language import compile_module
from tests.engine.cast import context, template, values

SPEC, CONTEXT = template(), context()

BOMBS = (
    "[% for i in range(99999) %][% for j in range(99999) %]x[% endfor %][% endfor %]",
    "[[ 'x' * 2000000000 ]]",
    "[[ 9 ** 99999999 ]]",
    "[% macro f() %][[ f() ]][% endmacro %][[ f() ]]",
    "[[ '%2000000000d'|format(1) ]]",
    "[[ range(99999999)|list|length ]]",
    "[% set ns = namespace(a='x' * 100) %][% for i in range(99) %][% set ns.a = ns.a ~ ns.a %][% endfor %]",
    "[% for i in range(9000) %][[ headline ]][% endfor %]",
    "[[ ('x' * 10000)|replace('x', 'x' * 100000) ]]",
)


def with_source(**sources: str):
    module = SPEC.modules["story"].model_copy(update=sources)
    return SPEC.model_copy(update={"modules": {**SPEC.modules, "story": module}})


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("part", ["mjml", "text"])
def test_it_is_stopped_with_its_name_and_line(part: str, bomb: str) -> None:
    with pytest.raises(RenderError) as stopped:
        render(with_source(**{part: f"\n{bomb}"}), values(headline="a" * 5_000), CONTEXT)

    assert stopped.value.module == "story"
    assert stopped.value.line == 2


def test_markup_nested_too_deep_for_the_compiler_is_refused() -> None:
    deep = "[% for i in range(500) %]<b>[% endfor %]x[% for i in range(500) %]</b>[% endfor %]"
    source = f"<mj-section><mj-column><mj-text>{deep}</mj-text></mj-column></mj-section>"

    with pytest.raises(RenderError, match="markup"):
        render(with_source(mjml=source), {}, CONTEXT)


def test_a_rich_text_of_a_thousand_crossed_tags_is_only_text() -> None:
    crossed = "".join(f"<b id={number}>" for number in range(1_000)) + "<p>x" * 1_000
    mail = render(SPEC, values(body=crossed), CONTEXT)

    assert "&lt;b id=99&gt;" in mail.html


@pytest.mark.parametrize(
    "source", ["[[ theme.clear() ]]", "[[ profile.opening_hours.append(1) ]]", "[[ debug() ]]"]
)
def test_nothing_it_is_given_can_be_changed_or_listed(source: str) -> None:
    with pytest.raises(RenderError):
        render(with_source(mjml=source), {}, CONTEXT)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<mj-section>\n[% if %]</mj-section>", "line 2"),
        ("[% include 'other' %]", "stands alone"),
        ("<mj-section><mj-column><mj-text><p>x</mj-text></mj-column></mj-section>", "not MJML"),
        ("<mj-section><mj-column><mj-text>a < b</mj-text></mj-column></mj-section>", "not MJML"),
        ("<mj-section><mj-column><mj-heading>x</mj-heading></mj-column></mj-section>", "mj-heading"),
        ("<mj-include path='/etc/passwd' />", "not MJML"),
        ("[[ headlin ]]", "headlin"),
    ],
)
def test_a_source_at_fault_is_told_from_the_others(source: str, words: str) -> None:
    with pytest.raises(RenderError, match=words) as fault:
        render(with_source(mjml=source), {}, CONTEXT)

    assert fault.value.module == "story"
    assert fault.value.fix


def test_a_misspelt_field_is_found_without_rendering() -> None:
    with pytest.raises(RenderError, match="headlin "):
        compile_module(
            SPEC.modules["story"].model_copy(update={"mjml": "[% if false %][[ headlin ]][% endif %]"})
        )


def test_a_source_too_long_to_be_one_is_refused() -> None:
    with pytest.raises(RenderError, match="100,000"):
        compile_module(SPEC.modules["story"].model_copy(update={"text": "x" * 100_001}))
