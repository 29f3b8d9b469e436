"""From a draft to a version: only what is fit, with a note and a trace; and back to an old one."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from branding.scope import brand_scope
from library.models import Module, TemplateVersion
from library.modules import uses
from tests.studio.module_cast import BANNER, address, banner, problems, stamp_of, story, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(house):
    return banner(house)


@pytest.fixture
def browser(client_of, erin):
    return client_of(erin)


def numbers(house, module):
    with brand_scope(house.brand.pk):
        return list(module.versions.values_list("number", flat=True))


def test_a_sound_draft_becomes_a_version_with_its_note_and_a_trace(browser, module, house, erin):
    answer = typed(
        browser, module, to="publish/", text="[[ headline ]]!\n", name="Wide banner", note="Louder"
    )

    assert answer.status_code == 302
    with brand_scope(house.brand.pk):
        version = module.versions.first()
        assert (version.number, version.note, version.created_by) == (2, "Louder", erin)
        assert version.spec["text"] == "[[ headline ]]!\n"
        assert Module.objects.get(pk=module.pk).name == "Wide banner"
        assert Module.objects.get(pk=module.pk).draft is None
        entry = AuditEntry.objects.get(action=AuditEntry.Action.MODULE_PUBLISHED)
        assert (entry.actor_id, entry.target, entry.note) == (erin.pk, "Wide banner 2", "Louder")


def test_a_faulty_draft_stays_a_draft_and_says_why(browser, module, house):
    answer = typed(browser, module, to="publish/", mjml="<mj-section>\n[[ nobody ]]\n", note="Kept")

    assert answer.status_code == 422
    assert ("mjml", "2") in problems(answer)
    assert 'value="Kept"' in answer.content.decode()
    assert numbers(house, module) == [1]
    assert browser.get(address(module, "edit/")).context["spec"]["mjml"] == "<mj-section>\n[[ nobody ]]\n"


def test_publishing_what_is_published_makes_no_version(browser, module, house):
    answer = browser.post(address(module, "publish/"), {"stamp": stamp_of(browser, module)}, follow=True)

    assert "Nothing has changed since version 1." in answer.content.decode()
    assert numbers(house, module) == [1]


def test_an_old_version_comes_back_through_the_draft(browser, module, house):
    typed(browser, module, to="publish/", text="[[ headline ]]!\n")
    browser.post(address(module, "versions/1/restore/"), {"stamp": stamp_of(browser, module)})

    assert browser.get(address(module, "edit/")).context["spec"]["text"] == BANNER["text"]
    assert numbers(house, module) == [2, 1]


def test_restoring_does_not_run_over_a_draft_nobody_looked_at(browser, module):
    typed(browser, module, to="publish/", text="[[ headline ]]!\n")
    stamp = stamp_of(browser, module)
    typed(browser, module, text="[[ headline ]] in the making\n")

    browser.post(address(module, "versions/1/restore/"), {"stamp": stamp})

    assert browser.get(address(module, "edit/")).context["spec"]["text"] == "[[ headline ]] in the making\n"


def test_a_version_is_shown_with_what_it_changed(browser, module):
    typed(browser, module, to="publish/", text="[[ headline ]]!\n")

    page = browser.get(address(module, "versions/2/")).content.decode()

    assert "<del>[[ headline ]]</del>" in page
    assert "<ins>[[ headline ]]!</ins>" in page


def test_templates_are_told_by_version_and_those_behind_are_marked(browser, house):
    module = story(house)
    assert [use.is_behind for use in browser.get(address(module)).context["uses"]] == [False]

    typed(browser, module, to="publish/", text="[[ headline ]]!\n", note="New")

    page = browser.get(address(module))
    assert [(use.template.name, use.number, use.is_behind) for use in page.context["uses"]] == [
        (house.template.name, 1, True)
    ]
    assert "Behind" in page.content.decode()


def test_a_module_of_a_published_template_is_not_put_away(browser, house):
    module = story(house)

    answer = browser.post(address(module, "archive/"), follow=True)

    assert f"These published templates are made of it: {house.template.name}." in answer.content.decode()
    with brand_scope(house.brand.pk):
        assert Module.objects.get(pk=module.pk).archived_at is None


def test_a_module_nobody_uses_goes_to_the_archive_and_comes_back(browser, module):
    def listed(show=""):
        return [card.module.name for card in browser.get(f"/library/modules/?show={show}").context["cards"]]

    browser.post(address(module, "archive/"))
    assert (listed(), listed("archived")) == ([], ["Banner"])

    browser.post(address(module, "bring-back/"))
    assert (listed(), listed("archived")) == (["Banner"], [])


def test_a_retired_template_does_not_hold_its_modules(house):
    module = story(house)
    with brand_scope(house.brand.pk):
        TemplateVersion.objects.get(pk=house.version.pk).retire()

        assert uses.of(module) == []


def test_a_new_module_begins_fit_and_a_copy_as_its_original(browser, module, house):
    browser.post("/library/modules/new/", {"name": "24 hours"})
    browser.post("/library/modules/new/", {"name": "Banner", "copy_of": module.pk})

    with brand_scope(house.brand.pk):
        blank, copy = Module.objects.get(slug="m-24-hours"), Module.objects.get(slug="banner-2")
    assert problems(browser.get(address(blank, "edit/"))) == []
    assert browser.get(address(copy, "edit/")).context["spec"]["mjml"] == BANNER["mjml"]
    assert typed(browser, copy, to="publish/").status_code == 302
    assert numbers(house, copy) == [1]


def test_a_name_that_is_taken_in_templates_gets_a_number(in_bluebird, house, erin):
    from library.modules.publishing import create

    assert [create("Banner", by=erin).slug for _each in range(3)] == ["banner", "banner-2", "banner-3"]
