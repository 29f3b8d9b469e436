"""What changed between two versions, in words, from the declarations alone; and both to look at."""

from __future__ import annotations

from typing import Any

import pytest

from branding.scope import brand_scope
from library.engine import TemplateSpec
from library.models import TemplateVersion
from studio.versions.comparing import CHANGED, LIMITED, LOCKED, MOVED, OPENED, REMOVED, compare
from tests.factories import letter

pytestmark = pytest.mark.django_db


def changed(change: Any) -> list[tuple[str, str, str, str, str]]:
    """(part, what, sign, before, after) of every line."""
    raw = letter().model_dump(mode="json")
    change(raw)
    found = compare(letter(), TemplateSpec.model_validate(raw))
    return [
        (part.key, each.what, each.sign, each.before, each.after)
        for part in found.parts
        for each in part.changes
    ]


def hero(raw: dict[str, Any]) -> dict[str, Any]:
    place: dict[str, Any] = raw["placements"][0]
    return place


def test_nothing_changed_says_nothing():
    assert not compare(letter(), letter())


def test_another_value_is_shown_before_and_after():
    lines = changed(lambda raw: hero(raw)["values"].update(headline="Winter"))

    assert lines == [("hero", "Headline", CHANGED, "Autumn is here", "Winter")]


def test_a_field_that_is_locked_and_one_that_is_opened():
    def change(raw: dict[str, Any]) -> None:
        hero(raw)["open"] = [grant for grant in hero(raw)["open"] if grant["field"] != "headline"]
        raw["placements"][2]["open"].append({"field": "more"})

    assert changed(change) == [
        ("hero", "Headline", LOCKED, "open", "locked"),
        ("extra", "Button", OPENED, "locked", "open"),
    ]


def test_a_narrower_limit_has_a_name():
    assert changed(lambda raw: hero(raw)["open"][0].update(max_length=20)) == [
        ("hero", "Headline", LIMITED, "60", "20")
    ]


def test_a_part_that_moved_is_one_line_and_one_that_is_gone_another():
    moved = changed(lambda raw: raw["placements"].append(raw["placements"].pop(0)))
    gone = changed(lambda raw: raw["placements"].pop(1))

    assert [(part, sign) for part, _what, sign, *_words in moved] == [("hero", MOVED)]
    assert gone[0][:3] == ("notes", "Title", REMOVED)


def test_another_source_is_shown_by_lines():
    raw = letter().model_dump(mode="json")
    raw["modules"]["note"]["mjml"] += "\n<!-- new -->"

    [source] = compare(letter(), TemplateSpec.model_validate(raw)).sources

    assert source.name == "Note"
    assert [line.text for line in source.parts[0].lines if line.kind == "new"] == ["<!-- new -->"]


# The page


@pytest.fixture
def second(house) -> TemplateVersion:
    with brand_scope(house.brand.pk):
        raw = TemplateVersion.objects.get(pk=house.version.pk).spec
        raw["placements"][0]["values"] = {"headline": "Winter is here"}
        made: TemplateVersion = TemplateVersion.objects.create(template=house.template, number=2, spec=raw)
    return made


def test_the_page_frames_both_and_lists_what_changed(house, second, erin, client_of, leith):
    page = client_of(erin).get(f"/library/templates/{house.template.pk}/versions/compare/").content.decode()

    assert f"/library/templates/versions/{second.pk}/preview/?group={leith.pk}" in page
    assert "<ins>Winter is here</ins>" in page


def test_a_version_is_shown_for_the_chosen_group_in_light_and_dark(
    house, second, erin, client_of, portobello
):
    there = f"/library/templates/versions/{second.pk}/preview/?group={portobello.pk}"
    browser = client_of(erin)

    light, dark = browser.get(there), browser.get(there + "&look=dark")

    assert "Winter is here" in light.content.decode()
    assert "Portobello" in light.content.decode()
    assert "prefers-color-scheme" not in dark.content.decode().replace("prefers-color-scheme:light", "")
    assert "default-src 'none'" in light["Content-Security-Policy"]


def test_a_group_is_found_by_what_is_typed_and_missed_in_words(house, second, erin, client_of):
    there = f"/library/templates/{house.template.pk}/versions/compare/"
    browser = client_of(erin)

    assert 'placeholder="Portobello"' in browser.get(there, {"q": "portob"}).content.decode()
    assert "No group has that" in browser.get(there, {"q": "Atlantis"}).content.decode()


def test_a_broken_draft_is_told_and_not_a_fault(house, second, erin, client_of):
    with brand_scope(house.brand.pk):
        second.spec["placements"][0]["module"] = "gone"
        second.save()

    browser = client_of(erin)
    page = browser.get(f"/library/templates/{house.template.pk}/versions/compare/").content.decode()

    assert "there is no module called gone" in page
    assert browser.get(f"/library/templates/versions/{second.pk}/preview/").status_code == 422
