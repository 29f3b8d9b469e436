"""A newsletter that exists already becomes a template whose fields are all locked."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from branding.scope import brand_scope
from library import engine
from library.models import Module, NewsletterImport, Template, TemplateVersion
from tests.factories import House

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
START = reverse("studio:import_newsletter")


def sample(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


@pytest.fixture
def browser(client_of, mona):
    return client_of(mona)


def brought(browser, source: str, name: str = "Harvest sale") -> str:
    """The page of what was found in it."""
    answer = browser.post(START, {"name": name, "source": source})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def made(browser, house: House, page: str, parts: list[int]) -> TemplateVersion:
    answer = browser.post(page, {"part": parts})
    assert answer.status_code == 302
    with brand_scope(house.brand.pk):
        template = Template.objects.latest("pk")
        assert answer["Location"] == reverse("studio:template_edit", args=[template.pk])
        return TemplateVersion.objects.get(template=template)


def test_everything_in_it_is_locked(browser, house):
    version = made(browser, house, brought(browser, sample("sale.mjml")), [0, 1, 2, 3])

    spec = version.engine_spec()
    assert version.state == TemplateVersion.State.DRAFT
    assert engine.steps(spec) == ()
    assert spec.slots["envelope"]["subject"].value == "Harvest sale begins"
    assert spec.slots["envelope"]["preheader"].value == "Baskets from our orchards, from Friday."


def test_texts_buttons_and_pictures_are_fields_that_hold_the_original(browser, house):
    spec = made(browser, house, brought(browser, sample("sale.mjml")), [0, 1, 2, 3]).engine_spec()

    values = [slot.value for place in spec.slots.values() for slot in place.values()]
    assert "Harvest sale" in values
    assert engine.ButtonValue(label="See the baskets", url="https://www.example.com/sale") in values
    assert engine.ImageValue(src="https://pictures.example.com/logo.png", alt="Orchard Lane") in values
    assert engine.ImageValue(src="https://pictures.example.com/basket.jpg", decorative=True) in values


def test_each_part_becomes_a_module_of_the_brand(browser, house):
    made(browser, house, brought(browser, sample("digest.mjml"), "Digest"), [0, 1, 2, 3])

    with brand_scope(house.brand.pk):
        names = list(Module.objects.filter(name__startswith="Digest:").values_list("name", flat=True))
    assert len(names) == 4
    assert "Digest: 1. The week at the harbour" in names


def test_the_same_newsletter_can_be_brought_twice(browser, house):
    first = made(browser, house, brought(browser, sample("digest.mjml"), "Digest"), [0, 1])
    second = made(browser, house, brought(browser, sample("digest.mjml"), "Digest"), [0, 1])

    assert set(first.engine_spec().modules).isdisjoint(second.engine_spec().modules)


def test_what_is_left_out_stays_out(browser, house):
    spec = made(browser, house, brought(browser, sample("mailing.html")), [1]).engine_spec()

    texts = [slot.value for place in spec.slots.values() for slot in place.values()]
    assert "Winter hours" in texts
    assert "Northern Tea, 4 Quay Street." not in texts


def test_a_footer_is_recognised_and_not_chosen(browser):
    shown = browser.get(brought(browser, sample("mailing.html"))).context["parts"]

    assert [each["is_in"] for each in shown] == [True, True, True, True, True, False]
    assert shown[-1]["part"].repeats_footer


def test_scripts_forms_and_spies_are_removed_and_listed(browser, house):
    page = brought(browser, sample("mailing.html"))
    told = browser.get(page).content.decode()
    version = made(browser, house, page, [0, 1, 2, 3, 4, 5])

    for said in ("&lt;script&gt; was removed", "&lt;form&gt; was removed", "one pixel", "javascript:bye()"):
        assert said in told
    source = " ".join(module.mjml for module in version.engine_spec().modules.values())
    for gone in ("script", "<form", "<input", "onload", "track.example.com", "@import", "javascript"):
        assert gone not in source


def test_liquid_that_braze_can_read_stays_and_the_rest_is_text(browser, house, leith):
    source = sample("digest.mjml").replace("The week at the harbour", "The week {{ of }")
    spec = made(browser, house, brought(browser, source), [0, 1, 2, 3]).engine_spec()

    sources = " ".join(module.mjml for module in spec.modules.values())
    assert "{{${first_name} | default: 'there'}}" in sources
    assert "{{ of }" not in sources


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("<mjml>\n<mj-body>\n<mj-section>\n<mj-column></mj-column>\n</mj-body></mjml>", 3, "never closed"),
        ("<mjml><mj-body>\n<mj-include path='x.mjml' /></mj-body></mjml>", 2, "names another file"),
        ("<mjml><mj-head></mj-head></mjml>", None, "no &lt;mj-body&gt;"),
        ("<html><body>\n<script>x()</script></body></html>", None, "Nothing that can be shown"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_line_and_stays_in_the_box(browser, source, line, said):
    answer = browser.post(START, {"name": "News", "source": source})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert said in page
    assert line is None or f"Line {line}<" in page
    assert answer.context["form"]["source"].value() == source


def test_a_file_is_read_like_what_is_pasted(browser, house):
    file = SimpleUploadedFile("sale.mjml", sample("sale.mjml").encode("utf-8-sig"), "text/plain")
    answer = browser.post(START, {"name": "Sale", "file": file})

    assert answer.status_code == 302
    with brand_scope(house.brand.pk):
        assert NewsletterImport.objects.get().source == sample("sale.mjml")


def test_lines_as_a_browser_sends_them_are_read(browser):
    assert brought(browser, sample("sale.mjml").replace("\n", "\r\n"))


def test_a_file_that_is_no_text_is_refused_with_words(browser):
    file = SimpleUploadedFile("sale.mjml", b"\x89PNG\0\0", "text/plain")
    answer = browser.post(START, {"name": "Sale", "file": file})

    assert answer.status_code == 422
    assert "This is not a text file" in answer.content.decode()


def test_leaving_everything_out_is_told(browser):
    answer = browser.post(brought(browser, sample("digest.mjml")), {"part": []})

    assert answer.status_code == 422
    assert "Leave at least one part in." in answer.content.decode()


def test_a_part_is_shown_as_the_mail_would_show_it(browser):
    page = brought(browser, sample("digest.mjml"))
    frame = browser.get(f"{page}part/1/")

    assert "The week at the harbour" in frame.content.decode()
    assert "sandbox" in frame["Content-Security-Policy"]
    assert browser.get(f"{page}part/99/").status_code == 404


def test_every_mj_default_that_our_head_changes_is_written_out():
    """Else an imported element would take on the brand's looks."""
    from library.engine import document
    from library.importing.defaults import DEFAULTS
    from library.importing.tree import read
    from tests.engine.cast import context

    tree, _broken = read(document._looks(context().theme, "ltr"))
    head = tree.find("mj-attributes")
    for element in head.elements:
        if element.tag in DEFAULTS:
            changed = set(element.attributes) - {"background-color"} if element.tag != "mj-button" else set()
            assert changed <= set(DEFAULTS[element.tag]), element.tag
