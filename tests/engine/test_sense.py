"""A module that asks of a text what cannot be answered there is refused when it is saved, with its line."""

from __future__ import annotations

import pytest

from library.engine import RenderError, render
from library.engine.language import compile_module
from tests.engine.cast import context
from tests.engine.every import EVERY, template

REFUSED = (
    "[% if words == 'Sale' %]x[% endif %]",
    "[% if 'Sale' == words %]x[% endif %]",
    "[% if words != '' %]x[% endif %]",
    "[% if 'x' in words %]x[% endif %]",
    "[% if words not in ['a'] %]x[% endif %]",
    "[% if (words) == 'x' %]x[% endif %]",
    "[% if words|length > 20 %]x[% endif %]",
    "[% if words|upper|length > 20 %]x[% endif %]",
    "[% if words|default('a') == 'b' %]x[% endif %]",
    "[% if words is eq('x') %]x[% endif %]",
    "[[ words[:10] ]]",
    "[[ words|first ]]",
    "[[ words|reverse ]]",
    "[[ body|length ]]",
    "[[ button.label|length ]]",
    "[% if button and button.url == link %]x[% endif %]",
    "[% if day > hour %]x[% endif %]",
    "[% if price and price.before < price.now %]x[% endif %]",
    "[% if profile.name == 'Leeds' %]x[% endif %]",
    "[% set name = words or profile.name %][[ name|length ]]",
    "[% for line in profile.opening_hours %][[ line|length ]][% endfor %]",
    "[% if hours %][% for line in hours.lines %][% if line == 'x' %][% endif %][% endfor %][% endif %]",
)
ALLOWED = (
    "[% if words %][[ words|upper ]][% endif %]",
    "[% if not words or words is defined %]x[% endif %]",
    "[[ words|default('Hello') ]]",
    "[% if tone == 'loud' and ruled %]x[% endif %]",
    "[% if offer and offer.value == 'coffee' %]x[% endif %]",
    "[% if look.name in ['primary', 'accent'] %]x[% endif %]",
    "[% if profile.country == 'GB' and theme.radius > 4 %]x[% endif %]",
    "[% if profile.opening_hours|length > 2 %]x[% endif %]",
    "[% set mid = 'a' if words else 'b' %][% if mid == 'a' %]x[% endif %]",
    "[% for one, other in [(words, day), (hour, link)] %][[ one ]] [[ other ]][% endfor %]",
    "[[ 'words == 1' ]][# words == 1 #]{{ words == 1 }}",
)


@pytest.mark.parametrize("part", ["mjml", "text"])
@pytest.mark.parametrize("source", REFUSED)
def test_it_is_refused_with_its_line(part: str, source: str) -> None:
    with pytest.raises(RenderError, match="is text") as refused:
        compile_module(EVERY.model_copy(update={part: f"\n\n{source}"}))

    assert refused.value.line == 3
    assert "choice or a toggle" in refused.value.fix


@pytest.mark.parametrize("source", ALLOWED)
def test_what_has_an_answer_passes(source: str) -> None:
    compile_module(EVERY.model_copy(update={"text": source}))


def test_a_part_of_nothing_is_explained() -> None:
    module = EVERY.model_copy(update={"text": "[[ offer.text ]]"})
    spec = template({"key": "part", "module": "every", "values": {"offer": ""}}, modules={"every": module})

    with pytest.raises(RenderError, match=r"ask first, \[% if offer %\]"):
        render(spec, {}, context())
