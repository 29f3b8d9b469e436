"""The brand's look is tried before it is used, and nothing that cannot be read is put to use."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEntry
from branding.models import Theme
from branding.scope import brand_scope
from campaigns.models import Campaign
from delivery.models import Dispatch, SealedMessage
from tests import factories

pytestmark = pytest.mark.django_db
KIT, TRYING = reverse("studio:kit"), reverse("studio:kit_trying")
USE, DISCARD = reverse("studio:kit_use"), reverse("studio:kit_discard")


@pytest.fixture
def browser(client_of, erin):
    return client_of(erin)


@pytest.fixture
def theme(house):
    def theme() -> Theme:
        with brand_scope(house.brand.pk):
            found: Theme = Theme.objects.get()
            return found

    return theme


@pytest.fixture(autouse=True)
def _files_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def typed(browser, **changes):
    """What the page's form would send, with these changes."""
    answer = browser.get(KIT)
    form = answer.context["form"]
    held = {
        field.html_name: field.value()
        for field in form
        if field.html_name not in ("logo", "logo_dark", "portal_logo", "favicon")
    }
    sent = {name: value for name, value in held.items() if value not in (None, False)}
    return {**sent, "stamp": answer.context["stamp"], **changes}


def stamp(browser) -> str:
    return str(browser.get(KIT).context["stamp"])


def test_a_new_look_is_tried_and_not_used(browser, theme):
    answer = browser.post(KIT, typed(browser, primary="#7a1f3d"))

    assert answer["Location"] == TRYING
    assert theme().primary == "#1f3a4d"
    assert theme().draft["values"] == {"primary": "#7a1f3d"}
    assert "#7a1f3d" not in browser.get(reverse("theme_css")).content.decode()


def test_put_to_use_it_is_the_look_of_portal_and_mails(browser, house, theme):
    browser.post(KIT, typed(browser, primary="#7a1f3d", dark_text="#ffffff"))
    browser.post(USE, {"stamp": stamp(browser)})

    assert (theme().primary, theme().dark_text, theme().draft) == ("#7a1f3d", "#ffffff", None)
    assert "--brand-primary: #7a1f3d" in browser.get(reverse("theme_css")).content.decode()
    mail = browser.get(reverse("studio:kit_template", args=[house.template.pk])).content.decode()
    assert "#7a1f3d" in mail


def test_who_changed_the_look_is_written_down(browser, house):
    browser.post(KIT, typed(browser, radius="12"))
    browser.post(USE, {"stamp": stamp(browser)})

    with brand_scope(house.brand.pk):
        entry = AuditEntry.objects.get(action=AuditEntry.Action.THEME_CHANGED)
    assert entry.actor.startswith("Erin")
    assert "radius: 6 → 12" in entry.note


def test_discarded_it_leaves_no_trace(browser, theme):
    browser.post(KIT, typed(browser, primary="#7a1f3d"))
    browser.post(DISCARD, {"stamp": stamp(browser)})

    assert (theme().primary, theme().draft) == ("#1f3a4d", None)
    assert browser.get(TRYING)["Location"] == KIT


def test_what_cannot_be_read_is_not_put_to_use(browser, theme):
    browser.post(KIT, typed(browser, muted="#cccccc"))
    answer = browser.post(USE, {"stamp": stamp(browser)}, follow=True)

    assert "cannot be read well enough: Small print, Footer" in answer.content.decode()
    assert theme().muted == "#52606d"


def test_the_check_says_ratio_verdict_and_the_nearest_colour(browser):
    page = browser.post(reverse("studio:kit_check"), typed(browser, muted="#cccccc")).content.decode()

    assert "1.6 : 1" in page
    assert "Too weak" in page
    offered = re.search(r'data-take="muted" data-colour="(#[0-9a-f]{6})"', page)
    again = browser.post(reverse("studio:kit_check"), typed(browser, muted=offered[1])).content.decode()
    assert 'data-take="muted"' not in again


def test_an_empty_dark_colour_is_derived_and_shown(browser):
    page = browser.post(reverse("studio:kit_check"), typed(browser, dark_text="")).content.decode()

    assert 'data-text="#f2f4f6"' in page


def test_a_colour_that_is_none_is_told_beside_its_field_and_stays_typed(browser, theme):
    answer = browser.post(KIT, typed(browser, primary="red"))

    assert answer.status_code == 422
    assert "Write a colour as # and six hexadecimal digits" in answer.content.decode()
    assert answer.context["form"]["primary"].value() == "red"
    assert theme().draft is None


@pytest.mark.parametrize(
    ("fonts", "said"),
    [("Futura, Arial", "End with serif, sans-serif or monospace"), ("url(x), serif", "Write names of fonts")],
)
def test_fonts_end_with_a_kind_and_name_nothing_else(browser, fonts, said):
    answer = browser.post(KIT, typed(browser, heading_font="own", heading_font_own=fonts))

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_fonts_of_the_brands_own_are_kept_as_a_list(browser, theme):
    browser.post(KIT, typed(browser, heading_font="own", heading_font_own='"Futura PT", Arial, sans-serif'))

    assert theme().draft["values"] == {"heading_font": "'Futura PT', Arial, sans-serif"}


def picture(name: str = "logo.png") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (320, 80), "#7a1f3d").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def test_a_logo_is_tried_with_the_rest(browser, house, theme):
    browser.post(KIT, typed(browser, logo=picture(), logo_alt="Bluebird"))

    stored = theme().draft["values"]["logo"]
    assert re.fullmatch(r"bluebird/brand/logo-[0-9a-f]{12}\.png", stored)
    assert not theme().logo
    browser.post(USE, {"stamp": stamp(browser)})
    assert theme().logo.name == stored


def test_a_logo_that_is_no_picture_is_refused_beside_its_field(browser, theme):
    answer = browser.post(KIT, typed(browser, logo=SimpleUploadedFile("logo.svg", b"<svg onload='x()'/>")))

    assert answer.status_code == 422
    assert answer.context["form"].errors["logo"]
    assert theme().draft is None


def test_two_admins_at_once_do_not_overwrite_each_other(browser, client_of, hire, house, theme):
    other = client_of(hire("Edda", "brand_admin", house.root))
    mine = typed(browser, primary="#7a1f3d")
    other.post(KIT, typed(other, primary="#14532d"))
    answer = browser.post(KIT, mine)

    assert answer.status_code == 409
    assert "Edda saved another look" in answer.content.decode()
    assert answer.context["form"]["primary"].value() == "#7a1f3d"
    assert theme().draft["values"] == {"primary": "#14532d"}
    assert browser.post(KIT, {**mine, "stamp": answer.context["stamp"]}).status_code == 302
    assert theme().draft["values"] == {"primary": "#7a1f3d"}


def test_a_look_nobody_has_seen_is_not_put_to_use(browser, client_of, hire, house, theme):
    other = client_of(hire("Edda", "brand_admin", house.root))
    browser.post(KIT, typed(browser, primary="#7a1f3d"))
    seen = stamp(browser)
    other.post(KIT, typed(other, primary="#14532d"))
    answer = browser.post(USE, {"stamp": seen}, follow=True)

    assert "Edda saved another look" in answer.content.decode()
    assert theme().primary == "#1f3a4d"


def test_before_and_after_stand_side_by_side(browser, house):
    browser.post(KIT, typed(browser, text="#401020"))
    page = browser.get(TRYING).content.decode()
    address = reverse("studio:kit_template", args=[house.template.pk])

    assert f'src="{address}?shade=light"' in page
    assert f'src="{address}?look=draft&amp;shade=light' in page
    assert "#401020" not in browser.get(address).content.decode()
    assert "#401020" in browser.get(f"{address}?look=draft").content.decode()


def test_the_dark_look_is_shown_whatever_the_reader_prefers(browser, house):
    address = reverse("studio:kit_template", args=[house.template.pk])

    assert "prefers-color-scheme:dark" in browser.get(address).content.decode()
    assert "prefers-color-scheme:dark" not in browser.get(f"{address}?shade=dark").content.decode()


def test_what_the_new_look_would_break_is_listed(browser, house):
    browser.post(KIT, typed(browser, text="#eeeeee"))
    address = reverse("studio:kit_findings", args=[house.template.pk])

    assert "The new look causes" in browser.get(address).content.decode()


def test_what_was_wrong_before_is_not_held_against_the_new_look(browser, house):
    browser.post(KIT, typed(browser, radius="7"))
    address = reverse("studio:kit_findings", args=[house.template.pk])

    assert "Pre-flight finds nothing new." in browser.get(address).content.decode()


def test_scheduled_campaigns_are_counted(browser, house, draft):
    with brand_scope(house.brand.pk):
        message = SealedMessage.objects.create(content={}, content_hash="0" * 64)
        held = Dispatch.objects.create(
            group=draft.group, message=message, variation_id="v", planned_at=draft.created_at
        )
        Campaign.objects.filter(pk=draft.pk).update(
            status=Campaign.Status.SCHEDULED, dispatch=held, send_at=held.planned_at
        )
    browser.post(KIT, typed(browser, radius="7"))

    assert "1 scheduled campaign keeps the look it was sealed with" in browser.get(TRYING).content.decode()


def test_queries_do_not_grow_with_templates(browser, house, django_assert_max_num_queries):
    browser.post(KIT, typed(browser, radius="7"))
    with brand_scope(house.brand.pk):
        for number in range(5):
            factories.template(
                factories.letter().model_copy(update={"name": f"Letter {number}"}), slug=f"l-{number}"
            )

    with django_assert_max_num_queries(20):
        assert browser.get(TRYING).status_code == 200
