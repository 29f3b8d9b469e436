"""Fields are declared by forms that come from the engine's own declaration."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import QueryDict

from library.engine.template import ModuleSpec
from library.modules.naming import field_types
from studio.modules import fieldforms, wording
from studio.modules.controls import controls_of
from tests.studio.module_cast import address, banner, problems, stamp_of, typed

pytestmark = pytest.mark.django_db

#: One of each type with nearly everything it can say.
EVERY = [
    {"key": "headline", "type": "text", "label": "Headline", "help": "Short", "required": True, "max_length": 40,
     "default": "Hello"},
    {"key": "body", "type": "rich_text", "label": "Text", "marks": ["bold", "link"], "max_length": 900,
     "allowed_domains": ["example.org", "example.com"], "default": "<p>Warm <strong>cups</strong>.</p>"},
    {"key": "picture", "type": "image", "label": "Picture", "ratio": "3:2", "display_width": 400,
     "default": {"src": "https://example.org/cup.png", "alt": "A cup", "decorative": False}},
    {"key": "go", "type": "button", "label": "Button", "max_length": 20,
     "default": {"label": "Go", "url": "https://example.org"}},
    {"key": "more", "type": "link", "label": "Link", "default": "https://example.org/more"},
    {"key": "answer", "type": "email", "label": "Answer to", "default": "a@example.org"},
    {"key": "tone", "type": "choice", "label": "Tone", "default": "loud",
     "options": [{"value": "calm", "label": "Calm"},
                 {"value": "loud", "label": "Loud", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}]},
    {"key": "deal", "type": "approved", "label": "Offer", "kind": "offer",
     "options": [{"value": "free", "label": "Free cup", "text": "One free", "code": "CUP", "valid_until": "2026-09-30"}]},
    {"key": "ground", "type": "colour", "label": "Ground", "pairs": ["surface", "primary"], "default": "primary"},
    {"key": "day", "type": "date", "label": "Day", "with_time": True, "length": "short", "after_send": True,
     "default": "2026-12-05T19:30"},
    {"key": "cost", "type": "price", "label": "Price", "currency": "EUR", "most": "99.90",
     "default": {"amount": "3.40", "before": "4.00"}},
    {"key": "where", "type": "profile", "label": "Address", "source": "address", "default": False},
    {"key": "ruled", "type": "toggle", "label": "Rule", "default": True},
]  # fmt: skip


def canonical(fields):
    spec = {"slug": "x", "name": "X", "mjml": "", "text": "", "fields": fields}
    return ModuleSpec.model_validate(spec).model_dump(mode="json")["fields"]


def as_sent(page: str) -> QueryDict:
    """What a browser would send of the forms of the fields, as they stand on the page."""
    sent = QueryDict(mutable=True)
    controls = re.compile(
        r'<input[^>]*?name="(?P<input>f\d[^"]*)"[^>]*>|<textarea[^>]*name="(?P<area>f\d[^"]*)"[^>]*>\n(?P<words>.*?)</textarea>'
        r'|<select[^>]*name="(?P<select>f\d[^"]*)"[^>]*>(?P<options>.*?)</select>',
        re.DOTALL,
    )
    for found in controls.finditer(page):
        if found["area"]:
            sent.appendlist(found["area"], unescape(found["words"]))
        elif found["select"]:
            chosen = re.search(r'value="([^"]*)" selected', found["options"]) or re.search(
                r'value="([^"]*)"', found["options"]
            )
            sent.appendlist(found["select"], chosen[1])
        elif 'type="checkbox"' not in found[0] or " checked" in found[0]:
            value = re.search(r'value="([^"]*)"', found[0])
            sent.appendlist(found["input"], unescape(value[1]) if value else "on")
    return sent


@pytest.fixture
def module(house):
    return banner(house)


@pytest.fixture
def browser(client_of, erin):
    return client_of(erin)


def fields_of(browser, module):
    return browser.get(address(module, "edit/")).context["spec"]["fields"]


def press(browser, module, deed, **values):
    """A button of the form: all that stands in it goes along."""
    page = browser.get(address(module, "edit/")).content.decode()
    sent = as_sent(page)
    sent.update({"stamp": stamp_of(browser, module), "fields": "form", "do": deed})
    for name, value in values.items():
        sent[name] = value
    return browser.post(
        address(module, "edit/"),
        sent.urlencode(),
        content_type="application/x-www-form-urlencoded",
        headers={"hx-request": "true"},
    )


def test_the_examples_are_of_every_type():
    assert {field["type"] for field in EVERY} == set(field_types())


def test_every_setting_of_every_type_has_words():
    missing = {
        f"{type_}.{control.name}"
        for type_ in field_types()
        for control in [each for top in controls_of(type_) for each in (top, *top.inside)]
        if str(wording.words(type_, control.name).label) == control.name
    }

    assert missing == set()
    assert set(wording.TYPES) == set(field_types())


def test_what_a_form_shows_comes_back_as_it_was(browser, module, house):
    from branding.scope import brand_scope
    from library.models import Module

    with brand_scope(house.brand.pk):
        spec = {"slug": "banner", "name": "Banner", "mjml": "", "text": "", "fields": EVERY}
        Module.objects.filter(pk=module.pk).update(draft={"spec": spec, "revision": 1})
    page = browser.get(address(module, "edit/")).content.decode()

    assert canonical(fieldforms.read(as_sent(page))) == canonical(EVERY)


@pytest.mark.parametrize("type_", field_types())
def test_a_field_of_each_type_can_be_added_and_is_fit_but_for_what_only_a_person_knows(
    browser, module, type_
):
    answer = press(browser, module, f"add:{type_}")

    assert [field["type"] for field in fields_of(browser, module)] == ["text", "image", type_]
    assert problems(answer) == []


def test_fields_move_up_and_down_and_away(browser, module):
    def keys():
        return [field["key"] for field in fields_of(browser, module)]

    press(browser, module, "up:1")
    assert keys() == ["picture", "headline"]
    press(browser, module, "down:0")
    assert keys() == ["headline", "picture"]
    press(browser, module, "remove:0")
    assert keys() == ["picture"]


def test_the_order_on_the_page_is_the_order_of_the_fields(browser, module):
    sent = {"fields": "form", "f7-type": "toggle", "f7-key": "b", "f7-label": "B", "f2-type": "toggle",
            "f2-key": "a", "f2-label": "A"}  # fmt: skip
    typed(browser, module, **sent)

    assert [field["key"] for field in fields_of(browser, module)] == ["b", "a"]


def test_options_are_added_and_removed_one_by_one(browser, module):
    press(browser, module, "add:choice")
    press(browser, module, "row:2:options")
    assert fields_of(browser, module)[2]["options"] == [{"value": "one", "label": "One"}, {}]

    press(browser, module, "unrow:2:options:0")
    assert fields_of(browser, module)[2]["options"] == [{}]


def test_what_is_no_number_is_kept_and_said_at_its_field(browser, module):
    answer = press(browser, module, "", **{"f0-max_length": "forty"})

    assert 'data-at="fields.0.max_length"' in answer.content.decode()
    page = browser.get(address(module, "edit/")).content.decode()
    assert 'value="forty"' in page
    assert "Write a whole number." in page


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("f0-key", "Head line", "This has not the form that is asked for."),
        ("f0-key", "theme", "These names are taken"),
        ("f0-key", "picture", "Fields are declared twice: picture."),
        ("f0-label", "", "Fill this in."),
        ("f0-max_length", "9000", "Write 2000 or less."),
        ("f0-default", "x" * 61, "Shorten this to 60 characters"),
        ("f1-ratio", "wide", "This has not the form that is asked for."),
        ("f1-default-src", "http://example.org/a.png", "Start the link with https://"),
    ],
)
def test_limits_of_the_declaration_are_said_in_words(browser, module, name, value, said):
    assert said in press(browser, module, "", **{name: value}).content.decode()


@pytest.mark.parametrize(
    "deed", ["add:nothing", "up:x", "remove:99", "row:0:label", "unrow:0:options:x", "fly"]
)
def test_buttons_that_are_none_change_nothing(browser, module, deed):
    before = canonical(fields_of(browser, module))
    press(browser, module, deed)

    assert canonical(fields_of(browser, module)) == before


def test_completion_knows_every_type_and_surrounding_of_the_engine(browser, module):
    words = browser.get("/library/modules/vocabulary/").json()

    assert set(words["types"]) == set(field_types())
    assert {"url", "alt", "width", "height"} <= set(words["types"]["image"])
    assert {"label", "url"} <= set(words["types"]["button"])
    assert {"primary", "logo_url"} <= set(words["surroundings"]["theme"])
    assert {"name", "phone"} <= set(words["surroundings"]["profile"])
    assert any(tag["name"] == "mj-button" and "href" in tag["attributes"] for tag in words["tags"])


def test_groups_to_look_at_a_module_for_are_found_by_name(browser, house):
    page = browser.get("/library/modules/groups/", {"q": "leit"}).content.decode()

    assert "Leith" in page
    assert "Portobello" not in page
