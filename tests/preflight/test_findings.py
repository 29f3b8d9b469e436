"""What a finding is to others: its weight for a brand, what it is about, and whether it may be let pass."""

from __future__ import annotations

from typing import Any

import pytest

from library.preflight import Severity, can_bypass, rules
from library.preflight.rules.subject import BrandRules
from tests.preflight.cast import found, inside, mail, of

SHORT: dict[str, Any] = {"envelope": {"subject": "Hello"}}
MISSING: dict[str, Any] = {"envelope": {"subject": ""}}


def brand(**severities: str) -> BrandRules:
    return BrandRules(severities=severities)


def test_a_brand_makes_a_check_heavier_lighter_or_silent():
    link: dict[str, Any] = {
        "hero": {"more": {"label": "Click here", "url": "https://www.bluebird-coffee.com/winter"}}
    }
    for wanted in ("block", "warn", "info"):
        assert [each.severity for each in of(mail(**link, brand=brand(PF39=wanted)), "PF39")] == [wanted]
    assert of(mail(**link, brand=brand(PF39="off")), "PF39") == []


def test_what_is_lighter_by_nature_gets_lighter_but_never_heavier():
    assert [each.severity for each in of(mail(**SHORT, brand=brand(PF48="block")), "PF48")] == [Severity.WARN]
    assert [each.severity for each in of(mail(**SHORT, brand=brand(PF48="info")), "PF48")] == [Severity.INFO]
    assert [each.severity for each in of(mail(**MISSING, brand=brand(PF48="warn")), "PF48")] == [
        Severity.WARN
    ]


@pytest.mark.parametrize("wanted", ["off", "info", "warn", "nonsense"])
def test_floors_of_the_law_stay_what_they_are(wanted):
    floors = {rule.id: wanted for rule in rules() if rule.is_floor}
    spoilt = mail(
        html=lambda html: html.replace("set_user_to_unsubscribed_url", "gone"), brand=brand(**floors)
    )
    [finding] = of(spoilt, "PF60")
    assert finding.severity is Severity.BLOCK
    assert not can_bypass(finding)


def test_only_what_blocks_can_be_let_pass():
    [blocks] = of(mail(**MISSING), "PF48")
    [warns] = of(mail(**SHORT), "PF48")
    assert can_bypass(blocks)
    assert not can_bypass(warns)


def test_another_text_is_another_subject():
    one, other, same = (
        of(mail(hero={"headline": headline}), "PF23")[0].subject_hash
        for headline in ("Hello [Name]", "Hello [Date]", "Hello [Name]")
    )
    assert one == same != other


def test_what_blocks_comes_first():
    weights = [
        each.severity.weight for each in found(mail(**MISSING, html=inside("<h3>Down</h3>"), links={}))
    ]
    assert len(set(weights)) == 3
    assert weights == sorted(weights, reverse=True)


def test_twice_the_same_words_are_led_to_the_field_they_stand_in():
    """Two headlines that read alike: what is wrong with the second is the second's."""
    from dataclasses import replace

    from library.engine import render
    from library.preflight.loading import unmarked
    from tests.preflight.cast import CONTEXT, HERO, SPEC

    button = {"label": "Click here", "url": "https://www.bluebird-coffee.com/winter"}
    values = {
        "hero": {**HERO, "more": button},
        "second": {**HERO, "shown": True, "more": button},
        "envelope": {},
    }
    email = render(SPEC, values, CONTEXT, marked=True)
    subject = replace(mail(), values=values, email=unmarked(email), marked=email.html)

    assert [each.path for each in of(subject, "PF39")] == ["hero.more", "second.more"]


def test_messages_are_whole_sentences_in_every_rule():
    for rule in rules():
        assert rule.title
        assert rule.about.endswith(".")
