"""Filling in: what is typed is kept, right or wrong, and nobody overwrites anybody unseen."""

from __future__ import annotations

import pytest

from audiences.errors import AudienceError
from branding.scope import brand_scope
from campaigns import services
from campaigns.errors import CampaignError
from campaigns.findings import findings
from campaigns.models import Campaign
from campaigns.services import Change
from library import engine
from tests.conftest import fresh

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("in_bluebird")
class TestStarting:
    def test_a_draft_begins_with_the_templates_words_and_lacks_nothing(self, draft, house):
        assert draft.values == engine.defaults(house.version.engine_spec())
        assert draft.template_version == house.version
        assert findings(draft) == ()

    def test_it_leaves_a_trace(self, draft, alice):
        [event] = draft.events.all()
        assert (event.kind, event.by_id, event.after) == ("created", alice.pk, "draft")

    def test_a_retired_template_starts_nothing(self, house, leith, alice):
        house.version.retire()

        with pytest.raises(CampaignError, match="retired"):
            services.start(house.template, leith, by=alice)

    def test_nor_does_a_group_that_only_holds_others(self, house, erin):
        with pytest.raises(CampaignError, match="does not send"):
            services.start(house.template, house.region, by=erin)


@pytest.mark.usefixtures("in_bluebird")
class TestSaving:
    def test_a_value_is_kept_and_its_revision_counted(self, draft, alice):
        saved, conflicts = services.save(draft, [Change("hero.headline", "Cosy", 0)], by=alice)

        assert conflicts == []
        assert saved.values["hero"]["headline"] == "Cosy"
        assert saved.revisions == {"hero.headline": 1}
        assert saved.changed_by == alice

    def test_what_is_wrong_is_kept_too_and_said_at_its_field(self, draft, alice):
        saved, _conflicts = services.save(draft, [Change("envelope.subject", "x" * 61, 0)], by=alice)

        assert saved.values["envelope"]["subject"] == "x" * 61
        [finding] = findings(saved)
        assert (finding.place, finding.step) == ("envelope.subject", "envelope")
        assert "60" in finding.message
        assert "61" in finding.message

    @pytest.mark.parametrize(
        ("path", "value", "says"),
        [
            ("hero.headline", "", "Fill this in"),
            ("hero.headline", "<b>Cosy</b>", "plain words"),
            ("hero.headline", "{{ ${first_name} }}", "braces"),
            ("hero.body", "<p>{% if x %}</p>", "braces"),
            ("hero.more", {"label": "Go", "url": "javascript:alert(1)"}, "https://"),
            ("hero.more", {"label": "Go", "url": ""}, "where the button leads"),
            ("hero.tone", "shrill", "one of the options"),
            ("hero.picture", {"src": "nowhere", "alt": "x", "decorative": False}, "gallery"),
            ("notes.0.title", "x" * 31, "Shorten"),
            ("hero.ruled", "perhaps", "not what the field takes"),
        ],
    )
    def test_each_mistake_says_how_to_put_it_right(self, draft, alice, path, value, says):
        saved, _conflicts = services.save(draft, [Change(path, value, 0)], by=alice)

        [finding] = findings(saved)
        assert finding.place == path
        assert says in finding.message

    @pytest.mark.parametrize(
        "path",
        ["extra.headline", "hero.nothing", "nowhere.headline", "notes.7.title", "hero", "", "hero.headline.x",
         "hero.__class__", "notes.-1.title", "../hero", "envelope.sender"],
    )  # fmt: skip
    def test_what_the_template_does_not_open_is_refused(self, draft, alice, path):
        with pytest.raises(engine.LockedField):
            services.save(draft, [Change(path, "mine", 0)], by=alice)

        assert fresh(draft).values == draft.values

    def test_a_refused_path_keeps_nothing_of_the_same_form(self, draft, alice):
        both = [Change("hero.headline", "Cosy", 0), Change("extra.headline", "Mine", 0)]

        with pytest.raises(engine.LockedField):
            services.save(draft, both, by=alice)

        assert fresh(draft).values == draft.values

    def test_a_scheduled_campaign_takes_no_more(self, draft, alice):
        services.schedule(draft, by=alice)

        with pytest.raises(CampaignError, match="no longer be changed"):
            services.save(draft, [Change("hero.headline", "Late", 0)], by=alice)


@pytest.mark.usefixtures("in_bluebird")
class TestTwoTabs:
    @pytest.fixture(autouse=True)
    def _the_other_tab(self, in_bluebird, draft, ben):
        services.save(draft, [Change("hero.headline", "Theirs", 0)], by=ben)

    def test_a_late_save_overwrites_nothing_and_gets_both_back(self, draft, alice):
        saved, [conflict] = services.save(draft, [Change("hero.headline", "Mine", 0)], by=alice)

        assert (conflict.path, conflict.mine, conflict.theirs) == ("hero.headline", "Mine", "Theirs")
        assert saved.values["hero"]["headline"] == "Theirs"

    def test_what_does_not_conflict_is_saved_all_the_same(self, draft, alice):
        changes = [Change("hero.headline", "Mine", 0), Change("envelope.subject", "Hello", 0)]

        saved, conflicts = services.save(draft, changes, by=alice)

        assert len(conflicts) == 1
        assert saved.values["envelope"]["subject"] == "Hello"

    def test_overwriting_knowingly_does(self, draft, alice):
        saved, conflicts = services.save(draft, [Change("hero.headline", "Mine", None)], by=alice)

        assert conflicts == []
        assert saved.values["hero"]["headline"] == "Mine"

    def test_typing_the_same_is_no_conflict(self, draft, alice):
        _saved, conflicts = services.save(draft, [Change("hero.headline", "Theirs", 0)], by=alice)

        assert conflicts == []


@pytest.mark.usefixtures("in_bluebird")
class TestItems:
    def titles(self, campaign: Campaign) -> list[str]:
        return [item["title"] for item in fresh(campaign).values["notes"]]

    def test_they_are_added_moved_and_removed(self, draft, alice):
        services.add_item(draft, "notes", by=alice)
        services.save(draft, [Change("notes.1.title", "Mocha", None)], by=alice)
        services.move_item(draft, "notes", 1, 0, by=alice)
        assert self.titles(draft) == ["Mocha", "Latte"]
        services.remove_item(draft, "notes", 0, by=alice)
        assert self.titles(draft) == ["Latte"]

    def test_there_are_no_more_and_no_fewer_than_the_template_says(self, draft, alice):
        with pytest.raises(CampaignError, match="1 to 3"):
            services.remove_item(draft, "notes", 0, by=alice)
        services.add_item(draft, "notes", by=alice)
        services.add_item(draft, "notes", by=alice)
        with pytest.raises(CampaignError, match="1 to 3"):
            services.add_item(draft, "notes", by=alice)

    def test_what_another_tab_saves_by_the_old_numbers_does_not_land_on_another_item(self, draft, alice, ben):
        services.add_item(draft, "notes", by=alice)
        shown = fresh(draft).revisions["notes.0.title"]
        services.move_item(draft, "notes", 1, 0, by=ben)

        _saved, conflicts = services.save(draft, [Change("notes.0.title", "Mocha", shown)], by=alice)

        assert len(conflicts) == 1


@pytest.mark.usefixtures("in_bluebird")
def test_a_copy_has_the_same_words_and_a_life_of_its_own(draft, alice, ben):
    services.save(draft, [Change("hero.headline", "Cosy", 0)], by=alice)

    copy = services.duplicate(fresh(draft, "template_version__template", "group", "segment"), by=ben)

    assert copy.pk != draft.pk
    assert copy.values["hero"]["headline"] == "Cosy"
    assert (copy.created_by_id, copy.status, copy.dispatch_id) == (ben.pk, "draft", None)


@pytest.mark.usefixtures("in_bluebird")
def test_a_draft_can_be_discarded_but_not_what_was_promised(draft, alice, house):
    services.schedule(draft, by=alice)
    services.cancel(draft, by=alice)
    with pytest.raises(CampaignError, match="record"):
        services.discard(draft, by=alice)

    other = services.start(house.template, house.places["Leith"], by=alice)
    services.discard(other, by=alice)
    assert not Campaign.objects.filter(pk=other.pk).exists()


@pytest.mark.usefixtures("in_bluebird")
def test_an_audience_that_is_not_offered_is_refused(draft, alice):
    from audiences.models import Segment

    foreign = Segment.objects.create(segment_id="segment-x", name="Others")

    with pytest.raises(AudienceError, match="not offered"):
        services.choose_audience(draft, foreign, by=alice)


# By page


def fields(**values: str) -> dict[str, str]:
    """As the form sends them: each with the revision it was shown with."""
    sent = {name.replace("__", "."): value for name, value in values.items()}
    return {**sent, **{f"rev:{path.split(':')[0]}": "0" for path in sent}}


def test_a_step_saves_and_leads_on(client_of, alice, draft):
    answer = client_of(alice).post(
        f"/campaigns/{draft.pk}/compose/envelope/",
        fields(envelope__subject="Hello", envelope__preheader="You"),
    )

    assert (answer.status_code, answer["Location"]) == (302, f"/campaigns/{draft.pk}/compose/hero/")
    assert fresh(draft).values["envelope"] == {"subject": "Hello", "preheader": "You"}


def test_a_form_from_an_old_page_is_a_conflict_that_shows_both(client_of, alice, ben, draft):
    browser = client_of(alice)
    browser.post(f"/campaigns/{draft.pk}/compose/envelope/", fields(envelope__subject="Theirs"))

    answer = client_of(ben).post(f"/campaigns/{draft.pk}/compose/envelope/", fields(envelope__subject="Mine"))

    assert answer.status_code == 409
    assert fresh(draft).values["envelope"]["subject"] == "Theirs"
    page = answer.content.decode()
    assert "Theirs" in page


@pytest.mark.parametrize("name", ["rev:extra.headline", "rev:hero.nothing", "rev:", "rev:../x", "rev:hero"])
def test_a_forged_field_is_a_400_and_saves_nothing(client_of, alice, draft, name):
    answer = client_of(alice).post(
        f"/campaigns/{draft.pk}/compose/hero/",
        {name: "0", name.removeprefix("rev:"): "mine", **fields(hero__headline="Cosy")},
    )

    assert answer.status_code == 400
    assert fresh(draft).values == draft.values


@pytest.mark.parametrize("revision", ["", "-1", "9" * 40, "zero", "1e3", "\0"])
def test_a_nonsense_revision_overwrites_nothing(client_of, alice, draft, revision):
    answer = client_of(alice).post(
        f"/campaigns/{draft.pk}/compose/hero/", {"hero.headline": "Cosy", "rev:hero.headline": revision}
    )

    assert answer.status_code == 409
    assert fresh(draft).values == draft.values


@pytest.mark.parametrize("text", ["Caf\0e", "\ud800", "a" * 100_000, "\u202eevil", "𝕏" * 100])
def test_odd_characters_are_no_server_error(client_of, alice, draft, text):
    body = fields(envelope__subject=text.encode("utf-8", "replace").decode())

    answer = client_of(alice).post(f"/campaigns/{draft.pk}/compose/envelope/", body)

    assert answer.status_code in {302, 400}


def test_nor_are_they_in_a_name(client_of, alice, draft):
    client_of(alice).post(f"/campaigns/{draft.pk}/rename/", {"name": "Caf\0é"})

    assert fresh(draft).name == "Café"


@pytest.mark.parametrize(
    "do", ["", "add:1", "remove", "remove:x", "remove:99", "move:0", "move:0:9", "burn:0"]
)
def test_nonsense_about_items_is_a_400_or_a_message(client_of, alice, draft, do):
    answer = client_of(alice).post(f"/campaigns/{draft.pk}/compose/notes/items/", {"do": do})

    assert answer.status_code in {302, 400}
    assert fresh(draft).values["notes"] == draft.values["notes"]


def test_a_step_that_does_not_exist_is_a_404(client_of, alice, draft):
    assert client_of(alice).get(f"/campaigns/{draft.pk}/compose/extra-steps/").status_code == 404


def test_a_tab_left_open_is_told_when_the_campaign_has_gone_on(client_of, alice, draft, house):
    with brand_scope(house.brand.pk):
        services.schedule(draft, by=alice)
    browser = client_of(alice)

    plain = browser.post(f"/campaigns/{draft.pk}/compose/envelope/", fields(envelope__subject="Late"))

    assert (plain.status_code, plain["Location"]) == (302, f"/campaigns/{draft.pk}/")
    assert fresh(draft).values == draft.values
