"""What is typed on a module is kept, fit or not, and never over somebody else's words."""

from __future__ import annotations

import pytest

from tests.studio.module_cast import address, banner, stamp_of, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(house):
    return banner(house)


@pytest.fixture
def hers(client_of, erin):
    return client_of(erin)


@pytest.fixture
def his(client_of, mona):
    return client_of(mona)


def source_in(browser, module):
    return browser.get(address(module, "edit/")).context["spec"]["mjml"]


def test_a_source_that_is_not_fit_is_kept_to_the_letter(hers, module):
    typed(hers, module, mjml="<mj-section>\r\n  [% if headline\r\n\ttail ")

    assert source_in(hers, module) == "<mj-section>\n  [% if headline\n\ttail "


def test_saving_again_what_is_there_is_no_new_state(hers, module):
    typed(hers, module, mjml="<mj-section>")
    stamp = stamp_of(hers, module)
    typed(hers, module, stamp=stamp, mjml="<mj-section>")

    assert stamp_of(hers, module) == stamp


def test_the_published_version_stays_as_it_was(hers, module):
    before = hers.get(address(module, "preview/?version=1")).content
    typed(
        hers,
        module,
        mjml="<mj-section><mj-column><mj-text>[[ headline ]]!</mj-text></mj-column></mj-section>",
    )

    assert hers.get(address(module, "preview/?version=1")).content == before
    assert hers.get(address(module, "preview/")).content != before


def test_the_second_of_two_sees_both_and_overwrites_nobody(hers, his, module):
    stamp = stamp_of(his, module)
    typed(hers, module, mjml="<mj-section>hers</mj-section>")

    answer = typed(his, module, stamp=stamp, mjml="<mj-section>his</mj-section>")

    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#conflict"
    page = answer.content.decode()
    assert "<del>&lt;mj-section&gt;hers&lt;/mj-section&gt;</del>" in page
    assert "<ins>&lt;mj-section&gt;his&lt;/mj-section&gt;</ins>" in page
    assert source_in(hers, module) == "<mj-section>hers</mj-section>"


def test_who_decides_for_their_own_words_after_seeing_both_may(hers, his, module):
    stamp = stamp_of(his, module)
    typed(hers, module, mjml="hers")
    theirs = typed(his, module, stamp=stamp, mjml="his").context["theirs"]

    typed(his, module, stamp=theirs.stamp, mjml="his")

    assert source_in(hers, module) == "his"


def test_without_scripts_what_was_typed_comes_back_in_the_form(hers, his, module):
    stamp = stamp_of(his, module)
    typed(hers, module, mjml="hers")

    answer = his.post(address(module, "edit/"), {"stamp": stamp, "mjml": "his words"})

    assert answer.status_code == 409
    assert "his words</textarea>" in answer.content.decode()


def test_a_page_open_since_before_a_version_was_published_does_not_undo_it(hers, his, module):
    stamp = stamp_of(his, module)
    typed(hers, module, to="publish/", text="[[ headline ]] by her\n", note="Hers")

    assert typed(his, module, stamp=stamp, text="[[ headline ]] by him\n").status_code == 409


def test_a_draft_can_be_thrown_away(hers, module):
    before = source_in(hers, module)
    typed(hers, module, mjml="<mj-section>")

    hers.post(address(module, "discard/"), {"stamp": stamp_of(hers, module)})

    assert source_in(hers, module) == before


def test_the_changes_of_a_draft_are_shown_by_line(hers, module):
    typed(hers, module, text="[[ headline ]]\nOne more line\n")

    assert "<ins>One more line</ins>" in hers.get(address(module, "changes/")).content.decode()


def test_a_hidden_null_does_not_break_saving(hers, module):
    typed(hers, module, mjml="<mj-\0section>")

    assert source_in(hers, module) == "<mj-section>"
