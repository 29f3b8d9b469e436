"""What is wrong with a source is said at the line that is wrong, with and without scripts."""

from __future__ import annotations

import pytest

from tests.studio.module_cast import address, banner, problems, typed

pytestmark = pytest.mark.django_db

OPEN = "<mj-section>\n<mj-column>\n"
CLOSE = "\n</mj-column>\n</mj-section>"


@pytest.fixture
def module(house):
    return banner(house)


@pytest.fixture
def browser(client_of, erin):
    return client_of(erin)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<mj-text>[[ headline ]</mj-text>", "expected end of variable block"),
        ("<mj-text>[[ headlne ]]</mj-text>", "Did you mean headline?"),
        ("<mj-text>[[ theme.primry ]]</mj-text>", "Did you mean theme.primary?"),
        ("<mj-text>[[ picture.address ]]</mj-text>", "“picture” has no “address”."),
        ("<mj-txt>[[ headline ]]</mj-txt>", "&lt;mj-txt&gt; is not a tag of MJML here."),
        ("<mj-text aling='left'>[[ headline ]]</mj-text>", "has no attribute “aling”."),
        ("<mj-text>[[ headline ]]", "&lt;mj-text&gt; is never closed."),
        ("<mj-text align='left>[[ headline ]]</mj-text>", "This tag is not ended."),
        ("<mj-text color='[[ headline ]]'>x</mj-text>", "A text field stands in color"),
        ("<mj-text>{{ [[ headline ]] }}</mj-text>", "inside a Liquid tag"),
        ("<mj-text>{{ ${first_name} | defualt: 'x' }}</mj-text>", "unknown filter"),
        ("<mj-text>{% if ${city} %}x</mj-text>", "expected tag endif"),
        ("<mj-text>{{ ${city}</mj-text>", "is never closed"),
        ("<mj-text>[% for i in range(99999) %]x[% endfor %]</mj-text>", "it loops too long"),
    ],
)  # fmt: skip
def test_each_kind_of_error_is_found_at_its_line(browser, module, line, said):
    answer = typed(browser, module, mjml=f"{OPEN}<mj-text>fine</mj-text>\n{line}{CLOSE}")

    assert ("mjml", "4") in problems(answer)
    assert said in answer.content.decode()


def test_an_error_behind_a_loop_and_a_condition_keeps_the_line_of_the_source(browser, module):
    source = (
        "[% for i in range(4) %]\n<mj-section><mj-column>\n<mj-text>[[ i ]]</mj-text>\n</mj-column></mj-section>\n"
        "[% endfor %]\n[% if headline %]\n<mj-section><mj-column>\n<mj-text>\n</mj-column></mj-section>\n[% endif %]"
    )

    assert problems(typed(browser, module, mjml=source)) == [("mjml", "8")]


def test_errors_of_the_plain_text_are_found_too(browser, module):
    assert problems(typed(browser, module, text="[[ headline ]]\n[[ hedline ]]\n")) == [("text", "2")]


def test_a_source_that_fails_only_when_a_field_is_empty_is_found(browser, module):
    source = f"{OPEN}[% if not headline %]<mj-text>[% endif %]{CLOSE}"

    assert [part for part, _line in problems(typed(browser, module, mjml=source))] == ["mjml"]


def test_without_scripts_the_page_lists_place_and_line_and_shows_the_line(browser, module):
    typed(browser, module, mjml=f"{OPEN}<mj-text>[[ nobody ]]</mj-text>{CLOSE}")

    page = browser.get(address(module, "edit/")).content.decode()

    assert "MJML, line 3" in page
    assert "&lt;mj-text&gt;[[ nobody ]]&lt;/mj-text&gt;</code>" in page


def test_a_sound_module_has_nothing_to_mend(browser, module):
    answer = typed(browser, module, text="[[ headline ]]!\n")

    assert problems(answer) == []
    assert "Nothing to mend" in answer.content.decode()


def test_the_modules_that_every_brand_starts_with_have_nothing_to_mend(in_bluebird, leith):
    from datetime import date

    from library.context import context_for
    from library.modules.checking import examine
    from library.starter import catalogue

    context = context_for(leith)
    found = {
        slug: examine(spec.model_dump(mode="json"), context, today=date(2026, 6, 1))
        for slug, spec in catalogue.modules().items()
    }

    assert {slug: faults for slug, faults in found.items() if faults} == {}
