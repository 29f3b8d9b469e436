"""Zones, open parts, validity and the extremes: what the declarations say is what happens."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from library.engine import (
    KindLimit,
    LockedField,
    WrongOrder,
    add_item,
    all_image_slugs,
    check,
    defaults,
    extremes,
    image_slugs,
    locked_fields,
    move_item,
    render,
    set_value,
    steps,
)
from tests.engine.cast import NOTE, context
from tests.engine.every import CONTEXT, EVERY, FIELDS, OFFERS, template

EVERYTHING = [{"field": field["key"]} for field in FIELDS]
ZONE = template(
    {
        "key": "part", "module": "every", "most": 1, "ordered": True, "repeat": {"min": 1, "max": 4}, "open": EVERYTHING,
        "variants": [{"key": "note", "module": "note", "most": 2, "values": {"title": "N"}, "open": [{"field": "title"}]}],
    },
    modules={"every": EVERY, "note": NOTE},
)  # fmt: skip


def one(**changes: Any) -> Any:
    return template({"key": "part", "module": "every", "open": EVERYTHING, **changes})


def codes(item: dict[str, Any], **options: Any) -> set[str]:
    return {problem.code for problem in check(one(), {"part": item}, **options)}


def kinds(values: dict[str, Any]) -> list[str]:
    return [item["kind"] for item in values["part"]]


def test_an_item_goes_where_its_kind_belongs_and_no_further() -> None:
    start = {"part": [{"kind": "note"}]}
    both = add_item(ZONE, start, "part")
    three = add_item(ZONE, both, "part", kind="note")

    assert kinds(defaults(ZONE)) == ["part"]
    assert kinds(both) == ["part", "note"]
    assert kinds(three) == ["part", "note", "note"]
    for kind in ("note", "part", "gone"):
        with pytest.raises(KindLimit):
            add_item(ZONE, three, "part", kind=kind)
    with pytest.raises(WrongOrder):
        move_item(ZONE, both, "part", 0, 1)


def test_a_zone_that_breaks_its_rules_is_told_and_rendered_within_them() -> None:
    wrong = {"part": [{"kind": "note"}, {"kind": "part"}, {"kind": "part"}, {"kind": "gone"}]}
    found = {problem.code for problem in check(ZONE, wrong)}

    assert {"wrong_order", "too_many_kind", "unknown_kind"} <= found
    assert render(ZONE, wrong, CONTEXT).text.count("Read on") == 1
    assert render(ZONE, wrong, CONTEXT).text.index("Read on") < render(ZONE, wrong, CONTEXT).text.index("* N")


def test_an_item_is_written_by_the_fields_of_its_kind() -> None:
    values = {"part": [{"kind": "note"}]}

    assert set_value(ZONE, values, "part.0.title", "x")["part"] == [{"kind": "note", "title": "x"}]
    for path in ("part.0.words", "part.0.kind", "part.0.price"):
        with pytest.raises(LockedField):
            set_value(ZONE, values, path, "x")
    [_, step] = steps(ZONE)
    assert [(kind.key, kind.most) for kind in step.kinds] == [("part", 1), ("note", 2)]


def test_a_part_of_a_value_is_open_and_the_rest_stays() -> None:
    spec = one(open=[{"field": "button", "parts": ["label"]}])

    assert defaults(spec)["part"] == {"button": {"label": "Read on"}}
    assert set_value(spec, {}, "part.button", {"label": "x", "url": ""})["part"] == {"button": {"label": "x"}}
    with pytest.raises(LockedField):
        set_value(spec, {}, "part.button", {"label": "x", "url": "https://evil.example"})
    [found] = [each for each in locked_fields(spec, "part") if each.path == "part.button"]
    assert found.parts == ("url",)


def test_what_is_hidden_is_not_told_of() -> None:
    paths = {each.path for each in locked_fields(one(open=[], hidden=["words"]), "part")}

    assert "part.words" not in paths
    assert "part.body" in paths


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"mailbox": "a@b"}, "email_form"),
        ({"day": "2026-02-30"}, "date_form"),
        ({"link": "http://example.org"}, "link_scheme"),
        ({"look": "red"}, "option"),
        ({"price": {"amount": "x", "before": ""}}, "price_form"),
        ({"price": {"amount": "", "before": "2"}}, "price_missing"),
        ({"price": {"amount": "2", "before": "2"}}, "price_before"),
        ({"price": {"amount": "2.001", "before": ""}}, "price_digits"),
        ({"hours": "yes"}, "wrong_type"),
    ],
)
def test_each_fault_is_found(item: dict[str, Any], code: str) -> None:
    assert codes(item) == {code}


def test_an_offer_holds_in_its_time_alone() -> None:
    dated = {**OFFERS[0], "valid_from": "2026-03-01", "valid_until": "2026-03-31"}
    spec = one(options={"offer": [dated]}, open=[{"field": "offer"}])
    locked = one(options={"offer": [dated]}, open=[], values={"offer": "coffee"})

    def told(which: Any, day: int, month: int = 3) -> list[str]:
        return [
            problem.code
            for problem in check(
                which, {"part": {"offer": "coffee"}} if which is spec else {}, today=date(2026, month, day)
            )
        ]

    assert (told(spec, 1), told(spec, 31), told(spec, 1, 4), told(spec, 28, 2)) == (
        [],
        [],
        ["option_expired"],
        ["option_early"],
    )
    assert told(locked, 1, 4) == ["locked_expired"]


def test_days_and_prices_speak_the_mail_s_language() -> None:
    german = render(one(), {}, context(language="de", country="AT")).text

    assert "Samstag, 5. Dezember 2026, 19:30" in german
    assert "£\xa03,40" in german
    assert "Saturday, 5 December 2026" in render(one(), {}, CONTEXT).text


def test_the_envelope_says_who_writes_or_the_profile_does() -> None:
    def email(**envelope: str) -> Any:
        return render(one(), {"envelope": envelope}, CONTEXT)

    assert (email(sender_name="Ann").from_name, email().from_name) == ("Ann", "Bluebird Leeds")
    assert email(reply_to="ann@example.org").reply_to == "ann@example.org"
    assert email(reply_to="a@b\r\nBcc: c@d.org").reply_to == "leeds@example.org"


@pytest.mark.parametrize("name", ["empty", "longest", "most", "german", "arabic"])
@pytest.mark.parametrize("spec", [one(), ZONE], ids=["one", "zone"])
def test_extremes_are_fit_to_be_sent(spec: Any, name: str) -> None:
    values = extremes(spec, picture="cup")[name]

    assert check(spec, values, images=CONTEXT.images) == ()
    assert render(spec, values, CONTEXT).html


def test_only_the_pictures_that_stand_in_the_mail_are_named() -> None:
    assert image_slugs(one(), {"part": {"picture": None, "offer": "plain"}}) == set()
    assert image_slugs(one(), {"part": {"picture": {"src": "x", "alt": ""}, "offer": "coffee"}}) == {
        "x",
        "cup",
    }
    assert all_image_slugs(one()) == {"cup"}
