"""Every module stands alone: whole, light, in plain text too, and gone where it has nothing to say."""

from __future__ import annotations

import itertools
import re

import pytest

from library.engine import check, check_template, defaults, render
from library.engine.document import WIDTH
from library.starter import catalogue, samples
from tests.starter.cast import DAY, LANGUAGES, MODULES, STATES, bare, context, gallery, values
from tests.starter.outline import Outline

#: What a newsletter is made of at least, by our slugs.
EXPECTED = {
    "header", "hero", "letter", "feature", "two-columns", "three-columns", "offer-grid", "coupon", "event", "visit",
    "quote", "product", "social", "divider", "buttons", "small-print",
}  # fmt: skip
#: Only air or a line; there is nothing to read in it.
SILENT = {"divider"}

each_module = pytest.mark.parametrize(("slug", "brand"), MODULES)
each_state = pytest.mark.parametrize("state", STATES)


def test_there_is_all_that_a_newsletter_is_made_of():
    assert set(catalogue.modules()) >= EXPECTED


@each_module
def test_its_sample_has_no_problem(slug, brand):
    spec = samples.one_module(slug, brand)
    assert check_template(spec, images=gallery(brand)) == ()
    assert check(spec, samples.dated(spec, DAY), images=gallery(brand), today=DAY) == ()


@each_module
@each_state
def test_it_fits_the_mail_and_leaves_nothing_of_its_source(slug, brand, state):
    spec = samples.one_module(slug, brand)
    mail = render(spec, values(spec, state), context(brand, state))
    assert "[[" not in mail.html + mail.text
    assert "[%" not in mail.html + mail.text
    assert max(Outline(mail.html).widths, default=0) <= WIDTH


@each_module
def test_its_headings_skip_no_level(slug, brand):
    spec = samples.one_module(slug, brand)
    levels = [
        level
        for level, _words in Outline(render(spec, values(spec, "longest"), context(brand)).html).headings
    ]
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


@each_module
def test_what_it_says_stands_in_plain_text(slug, brand):
    spec = samples.one_module(slug, brand)
    mail = render(spec, samples.dated(spec, DAY), context(brand))
    said = mail.text.split("\n--\n")[0].strip() if "\n--\n" in mail.text else ""
    assert said or slug in SILENT
    for _level, words in Outline(mail.html).headings:
        assert words in said
    web = [link.address for link in Outline(mail.html).links if link.address.startswith("https:")]
    assert [address for address in web if address not in mail.text] == []


@pytest.mark.parametrize("slug", ["social", "small-print", "buttons"])
def test_with_nothing_to_say_it_is_gone_with_its_spacing(slug):
    spec = samples.one_module(slug, "bluebird")
    nothing = {key: _nothing(value) for key, value in _own(spec).items()}
    alone = render(spec, {samples.place_of(slug): nothing}, bare("bluebird"))
    empty = render(spec.model_copy(update={"placements": ()}), {}, bare("bluebird"))
    assert alone.text == empty.text
    assert len(alone.html) == len(empty.html)


def _nothing(value):
    if isinstance(value, bool):
        return False
    return "" if isinstance(value, str) else None


def _own(spec):
    return defaults(spec)[spec.placements[0].key]


@pytest.mark.parametrize("brand", catalogue.brands())
@pytest.mark.parametrize("language", LANGUAGES.values())
def test_what_runs_beside_the_text_turns_with_it(brand, language):
    spec = samples.one_module("quote", "brightwater")
    html = render(spec, defaults(spec), samples.context(brand, language)).html
    assert bool(re.search(r"border-right:\s*4px", html)) == (language == "ar")
    assert bool(re.search(r"border-left:\s*4px", html)) == (language != "ar")


def test_a_picture_stands_first_on_a_phone_on_whichever_side_it_is():
    for side in ("start", "end"):
        spec = samples.one_module("feature", "bluebird")
        html = render(
            spec, {samples.place_of("feature"): {**_own(spec), "side": side}}, context("bluebird")
        ).html
        assert html.index("<img") < html.index("<h2")
