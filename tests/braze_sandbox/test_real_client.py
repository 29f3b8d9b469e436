"""The typed client and the sandbox agree on every further endpoint."""

from __future__ import annotations

from datetime import UTC, date, datetime

import httpx2
import pytest

from braze_client import Braze
from braze_client.audience import custom_attribute
from braze_client.errors import Refused
from braze_client.requests import (
    email,
    identities,
    messages,
    preference_centers,
    push,
    schedules,
    sms,
    subscriptions,
    templates,
    triggers,
)
from braze_client.requests.users import UserAlias
from braze_sandbox.app import create_app
from tests.braze_sandbox.brand import define, mailed, track
from tests.braze_sandbox.conftest import KEY

TODAY = date(2026, 11, 23)
ALIAS = UserAlias(alias_name="lead-7", alias_label="crm")


@pytest.fixture
def client(braze):
    define(braze)
    with Braze(
        "http://127.0.0.1", KEY, transport=httpx2.WSGITransport(app=create_app(braze.sandbox))
    ) as client:
        yield client


def mail(**changes):
    written = {"app_id": "app-1", "from": "B <b@bluebird.example>", "subject": "Hi", "body": "<p>Hi</p>"}
    return email.EmailMessage.model_validate({**written, "message_variation_id": "leith", **changes})


def test_messages_go_out_at_once(braze, client):
    request = schedules.SendMessage(
        messages=messages.Messages(email=mail()), broadcast=True, audience=custom_attribute("store_id").exists(),
        campaign_id="campaign-1",
    )  # fmt: skip
    sent = client.send_message(request)
    assert sent.dispatch_id
    assert len(mailed(braze, "eve@example.org")) == 1
    [broadcast] = client.scheduled_broadcasts(datetime(2026, 11, 30, tzinfo=UTC)).scheduled_broadcasts
    assert broadcast.name == "May news"


def test_sms_and_push_are_taken_and_counted(braze, client):
    group = {"subscription_group_id": "group-sms", "subscription_state": "subscribed"}
    tokens = [{"app_id": "app-1", "token": "t"}]
    track(braze, external_id="ada", phone="+44131", push_tokens=tokens, subscription_groups=[group])
    both = messages.Messages(
        sms=sms.SmsMessage(
            app_id="app-1", subscription_group_id="group-sms", body="Hi", message_variation_id="sms"
        ),
        apple_push=push.ApplePush(alert="Hi", message_variation_id="ios"),
        android_push=push.AndroidPush(alert="Hi", title="Hi", message_variation_id="android"),
    )
    client.send_message(
        schedules.SendMessage(messages=both, external_user_ids=["ada"], campaign_id="campaign-1")
    )
    braze.later(seconds=1)
    series = client.campaign_series("campaign-1", length=1)
    for channel, variation in (("sms", "sms"), ("ios_push", "ios"), ("android_push", "android")):
        [(_, numbers)] = series.entries_for(variation, channel=channel)
        assert numbers.sent == 1


def test_campaigns_are_found_with_their_variations(client):
    assert [one.name for one in client.iter_campaigns(include_archived=True)] == [
        "Portal",
        "Welcome",
        "Receipt",
    ]
    assert client.campaign_details("campaign-1").variations() == {"leith": "Leith Walk"}
    with pytest.raises(Refused):
        client.campaign_details("none")


def test_campaigns_are_triggered(braze, client):
    ada = triggers.Recipient(external_user_id="ada", trigger_properties={"greeting": "Hello"})
    assert client.trigger_campaign(
        triggers.TriggerCampaign(campaign_id="welcome", recipients=[ada])
    ).dispatch_id
    at = schedules.Schedule.at(datetime(2026, 11, 23, 14, tzinfo=UTC))
    booked = client.create_trigger_schedule(
        triggers.ScheduleTrigger(campaign_id="welcome", recipients=[ada], schedule=at)
    )
    move = triggers.UpdateTriggerSchedule(campaign_id="welcome", schedule_id=booked.schedule_id, schedule=at)
    client.update_trigger_schedule(move)
    client.delete_trigger_schedule("welcome", booked.schedule_id)
    receipt = triggers.SendTransactional(recipient=ada, external_send_id="order-7")
    first = client.send_transactional("receipt", receipt)
    assert client.send_transactional("receipt", receipt).dispatch_id == first.dispatch_id
    assert [one["subject"] for one in mailed(braze, "ada@example.org")] == ["Receipt", "Hello Ada"]


def test_addresses_change_their_state(client):
    client.set_email_status(["ada@example.org"], "unsubscribed")
    assert [one.email for one in client.unsubscribes(start=TODAY, end=TODAY).emails] == ["ada@example.org"]
    client.blocklist_emails(["bob@example.org"])
    assert [one.email for one in client.hard_bounces(email="bob@example.org").emails] == ["bob@example.org"]
    client.remove_bounces(["bob@example.org"])
    client.remove_spam_marks(["bob@example.org"])
    assert client.hard_bounces(start=TODAY, end=TODAY).emails == []


def test_subscriptions_are_set_and_read(client):
    client.set_subscription(
        subscriptions.SetSubscription(
            subscription_group_id="group-mail", subscription_state="subscribed", email=["ada@example.org"]
        )
    )
    change = subscriptions.GroupChange(
        subscription_group_id="group-sms", subscription_state="unsubscribed", external_ids=["ada"]
    )
    client.set_subscriptions(subscriptions.SetSubscriptions(subscription_groups=[change]))
    assert client.subscription_status("group-mail", external_ids=["ada", "bob"]).status == {
        "ada": "subscribed", "bob": "unknown",
    }  # fmt: skip
    [user] = client.user_subscriptions(emails=["ada@example.org"]).users
    assert {one.id: one.status for one in user.subscription_groups} == {
        "group-mail": "subscribed", "group-sms": "unsubscribed",
    }  # fmt: skip


def test_templates_and_blocks_are_kept(client):
    made = client.create_email_template(
        templates.CreateTemplate(template_name="N", subject="S", body="B", tags=["news"])
    )
    assert made.email_template_id is not None
    client.update_email_template(
        templates.UpdateTemplate(email_template_id=made.email_template_id, subject="T")
    )
    assert client.email_template(made.email_template_id).subject == "T"
    assert [one.template_name for one in client.list_email_templates().templates] == ["N"]
    block = client.create_content_block(templates.CreateBlock(name="footer", content="Bye"))
    assert block.content_block_id is not None
    client.update_content_block(
        templates.UpdateBlock(content_block_id=block.content_block_id, content="Later")
    )
    assert client.content_block(block.content_block_id, include_inclusion_data=True).content == "Later"
    assert [one.name for one in client.list_content_blocks().content_blocks] == ["footer"]


def test_users_change_their_names(client):
    client.create_aliases(identities.CreateAliases(user_aliases=[identities.NewAlias(**ALIAS.model_dump())]))
    renamed = identities.AliasUpdate(alias_label="crm", old_alias_name="lead-7", new_alias_name="lead-8")
    client.update_aliases(identities.UpdateAliases(alias_updates=[renamed]))
    lead = UserAlias(alias_name="lead-8", alias_label="crm")
    order = identities.AliasToIdentify(external_id="new", user_alias=lead)
    identified = client.identify_users(identities.IdentifyUsers(aliases_to_identify=[order]))
    assert identified.aliases_processed == 1
    pair = identities.Merge(
        identifier_to_merge=identities.Identity(external_id="new"),
        identifier_to_keep=identities.Identity(external_id="ada"),
    )
    client.merge_users(identities.MergeUsers(merge_updates=[pair]))
    rename = identities.Rename(current_external_id="ada", new_external_id="ada-2")
    assert client.rename_external_ids(
        identities.RenameExternalIds(external_id_renames=[rename])
    ).external_ids == ["ada-2"]
    removed = client.remove_external_ids(identities.RemoveExternalIds(external_ids=["ada", "bob"]))
    assert (removed.removed_ids, removed.partial) == (["ada"], True)
    assert client.delete_users(identities.DeleteUsers(user_aliases=[lead])).deleted == 1


def test_the_workspace_tells_its_facts(braze, client):
    track(braze, external_id="ada", **{f"a{number:03}": number for number in range(60)})
    assert len(list(client.iter_custom_attributes())) == 61
    [day] = client.kpi_series("new_users", length=1).data
    assert day.new_users == 3


def test_preference_centres_are_kept(client):
    pages = {"preference_center_page_html": "<p>Choose</p>", "confirmation_page_html": "<p>Thanks</p>"}
    made = client.create_preference_center(
        preference_centers.CreatePreferenceCenter(name="Centre", **pages)
    ).preference_center_api_id
    assert made is not None
    client.update_preference_center(made, preference_centers.UpdatePreferenceCenter(state="draft"))
    assert client.preference_center(made).state == "draft"
    assert [one.name for one in client.list_preference_centers().preference_centers] == ["Centre"]
    assert client.preference_center_url(made, "ada").preference_center_url.startswith("http://sandbox.test/")
