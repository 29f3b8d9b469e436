"""Every method of the client with a call of it: what the tests of all endpoints walk through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from braze_client import (
    AliasToIdentify,
    AliasUpdate,
    Answer,
    Braze,
    ByEmail,
    CreateAliases,
    CreateBlock,
    CreatePreferenceCenter,
    CreateSchedule,
    CreateTemplate,
    DeleteUsers,
    EmailMessage,
    Event,
    ExportUsers,
    GroupChange,
    IdentifyUsers,
    Identity,
    Merge,
    MergeUsers,
    Messages,
    NewAlias,
    Recipient,
    RemoveExternalIds,
    Rename,
    RenameExternalIds,
    Repeat,
    Schedule,
    ScheduleTrigger,
    SendMessage,
    SendTransactional,
    SetSubscription,
    SetSubscriptions,
    TrackUsers,
    TriggerCampaign,
    UpdateAliases,
    UpdateBlock,
    UpdatePreferenceCenter,
    UpdateSchedule,
    UpdateTemplate,
    UpdateTriggerSchedule,
    UserAlias,
    UserAttributes,
)

WHEN = datetime(2026, 12, 1, 9, tzinfo=UTC)
AT = Schedule.at(WHEN)
EMAIL = EmailMessage(
    app_id="app-1",
    from_="Store 12 <store12@example.org>",
    subject="Hello",
    body="<html><body>Hello</body></html>",
    message_variation_id="variation-12",
)
ALIAS = UserAlias(alias_name="lead-1", alias_label="crm")
HARMLESS, REFUSED, HARMFUL = Repeat.HARMLESS, Repeat.REFUSED, Repeat.HARMFUL


@dataclass(frozen=True)
class Case:
    """A call, what is asked on the wire, and what a repetition does by the sheet."""

    name: str
    call: Callable[[Braze], Answer]
    method: str
    path: str
    repeat: Repeat
    #: The least that Braze answers.
    answer: dict[str, Any] = field(default_factory=dict)
    address: str = ""

    def __str__(self) -> str:
        return self.name


CASES = [
    Case("track_users", lambda b: b.track_users(TrackUsers(attributes=[UserAttributes(external_id="u", first_name="A")])), "POST", "/users/track", HARMLESS),
    Case("track_users", lambda b: b.track_users(TrackUsers(events=[Event(external_id="u", name="e", time=WHEN)])), "POST", "/users/track", HARMFUL),
    Case("export_users", lambda b: b.export_users(ExportUsers(external_ids=["u"], fields_to_export=["email"])), "POST", "/users/export/ids", HARMLESS, {"users": []}),
    Case("delete_users", lambda b: b.delete_users(DeleteUsers(email_addresses=[ByEmail(email="a@example.org", prioritization=["identified"])])), "POST", "/users/delete", HARMFUL, {"deleted": 1}),
    Case("identify_users", lambda b: b.identify_users(IdentifyUsers(aliases_to_identify=[AliasToIdentify(external_id="u", user_alias=ALIAS)])), "POST", "/users/identify", HARMFUL),
    Case("create_aliases", lambda b: b.create_aliases(CreateAliases(user_aliases=[NewAlias(alias_name="lead-2", alias_label="crm")])), "POST", "/users/alias/new", HARMFUL),
    Case("update_aliases", lambda b: b.update_aliases(UpdateAliases(alias_updates=[AliasUpdate(alias_label="crm", old_alias_name="a", new_alias_name="b")])), "POST", "/users/alias/update", HARMFUL),
    Case("merge_users", lambda b: b.merge_users(MergeUsers(merge_updates=[Merge(identifier_to_merge=Identity(user_alias=ALIAS), identifier_to_keep=Identity(external_id="u"))])), "POST", "/users/merge", HARMFUL),
    Case("rename_external_ids", lambda b: b.rename_external_ids(RenameExternalIds(external_id_renames=[Rename(current_external_id="u", new_external_id="v")])), "POST", "/users/external_ids/rename", HARMFUL),
    Case("remove_external_ids", lambda b: b.remove_external_ids(RemoveExternalIds(external_ids=["u"])), "POST", "/users/external_ids/remove", HARMFUL),
    Case("create_schedule", lambda b: b.create_schedule(CreateSchedule(external_user_ids=["u"], campaign_id="campaign-1", schedule=AT, messages=Messages(email=EMAIL))), "POST", "/messages/schedule/create", HARMFUL, {"schedule_id": "s"}),
    Case("update_schedule", lambda b: b.update_schedule(UpdateSchedule(schedule_id="s", schedule=AT)), "POST", "/messages/schedule/update", REFUSED),
    Case("delete_schedule", lambda b: b.delete_schedule("s"), "POST", "/messages/schedule/delete", REFUSED),
    Case("send_message", lambda b: b.send_message(SendMessage(external_user_ids=["u"], messages=Messages(email=EMAIL))), "POST", "/messages/send", HARMFUL),
    Case("scheduled_broadcasts", lambda b: b.scheduled_broadcasts(WHEN), "GET", "/messages/scheduled_broadcasts", HARMLESS, {"scheduled_broadcasts": []}),
    Case("trigger_campaign", lambda b: b.trigger_campaign(TriggerCampaign(campaign_id="c", recipients=[Recipient(external_user_id="u")])), "POST", "/campaigns/trigger/send", HARMFUL),
    Case("create_trigger_schedule", lambda b: b.create_trigger_schedule(ScheduleTrigger(campaign_id="c", broadcast=True, schedule=AT)), "POST", "/campaigns/trigger/schedule/create", HARMFUL, {"schedule_id": "s"}),
    Case("update_trigger_schedule", lambda b: b.update_trigger_schedule(UpdateTriggerSchedule(campaign_id="c", schedule_id="s", schedule=AT)), "POST", "/campaigns/trigger/schedule/update", REFUSED),
    Case("delete_trigger_schedule", lambda b: b.delete_trigger_schedule("c", "s"), "POST", "/campaigns/trigger/schedule/delete", REFUSED),
    Case("send_transactional", lambda b: b.send_transactional("c/1", SendTransactional(recipient=Recipient(external_user_id="u"), external_send_id="x+/=")), "POST", "/transactional/v1/campaigns/{campaign_id}/send", HARMLESS, address="/transactional/v1/campaigns/c%2F1/send"),
    Case("send_transactional", lambda b: b.send_transactional("c", SendTransactional(recipient=Recipient(external_user_id="u"))), "POST", "/transactional/v1/campaigns/{campaign_id}/send", HARMFUL, address="/transactional/v1/campaigns/c/send"),
    Case("create_send_id", lambda b: b.create_send_id("c", "portal-1"), "POST", "/sends/id/create", HARMFUL, {"send_id": "portal-1"}),
    Case("send_series", lambda b: b.send_series("c", "portal-1"), "GET", "/sends/data_series", HARMLESS),
    Case("list_campaigns", lambda b: b.list_campaigns(edited_after=WHEN), "GET", "/campaigns/list", HARMLESS, {"campaigns": []}),
    Case("campaign_details", lambda b: b.campaign_details("c"), "GET", "/campaigns/details", HARMLESS),
    Case("campaign_series", lambda b: b.campaign_series("c"), "GET", "/campaigns/data_series", HARMLESS),
    Case("list_segments", lambda b: b.list_segments(), "GET", "/segments/list", HARMLESS, {"segments": []}),
    Case("segment_details", lambda b: b.segment_details("s"), "GET", "/segments/details", HARMLESS),
    Case("segment_series", lambda b: b.segment_series("s"), "GET", "/segments/data_series", HARMLESS),
    Case("hard_bounces", lambda b: b.hard_bounces(email="a@example.org"), "GET", "/email/hard_bounces", HARMLESS, {"emails": []}),
    Case("unsubscribes", lambda b: b.unsubscribes(start=date(2026, 11, 1), end=date(2026, 11, 30)), "GET", "/email/unsubscribes", HARMLESS, {"emails": []}),
    Case("set_email_status", lambda b: b.set_email_status(["a@example.org"], "unsubscribed"), "POST", "/email/status", HARMLESS),
    Case("remove_bounces", lambda b: b.remove_bounces(["a@example.org"]), "POST", "/email/bounce/remove", HARMFUL),
    Case("remove_spam_marks", lambda b: b.remove_spam_marks(["a@example.org"]), "POST", "/email/spam/remove", HARMFUL),
    Case("blocklist_emails", lambda b: b.blocklist_emails(["a@example.org"]), "POST", "/email/blocklist", HARMFUL),
    Case("set_subscription", lambda b: b.set_subscription(SetSubscription(subscription_group_id="g", subscription_state="subscribed", email=["a@example.org"])), "POST", "/subscription/status/set", HARMLESS),
    Case("set_subscriptions", lambda b: b.set_subscriptions(SetSubscriptions(subscription_groups=[GroupChange(subscription_group_id="g", subscription_state="unsubscribed", external_ids=["u"])])), "POST", "/v2/subscription/status/set", HARMLESS),
    Case("subscription_status", lambda b: b.subscription_status("g", external_ids=["u", "v"]), "GET", "/subscription/status/get", HARMLESS, {"status": {}}),
    Case("user_subscriptions", lambda b: b.user_subscriptions(emails=["a@example.org"]), "GET", "/subscription/user/status", HARMLESS, {"users": []}),
    Case("create_email_template", lambda b: b.create_email_template(CreateTemplate(template_name="May", subject="Hi", body="<p>Hi</p>")), "POST", "/templates/email/create", HARMFUL),
    Case("update_email_template", lambda b: b.update_email_template(UpdateTemplate(email_template_id="t", subject="Hello")), "POST", "/templates/email/update", HARMFUL),
    Case("list_email_templates", lambda b: b.list_email_templates(modified_after=WHEN), "GET", "/templates/email/list", HARMLESS, {"templates": []}),
    Case("email_template", lambda b: b.email_template("t"), "GET", "/templates/email/info", HARMLESS, {"email_template_id": "t"}),
    Case("create_content_block", lambda b: b.create_content_block(CreateBlock(name="footer", content="<p>Bye</p>")), "POST", "/content_blocks/create", HARMFUL),
    Case("update_content_block", lambda b: b.update_content_block(UpdateBlock(content_block_id="b", content="<p>Bye!</p>")), "POST", "/content_blocks/update", HARMFUL),
    Case("list_content_blocks", lambda b: b.list_content_blocks(), "GET", "/content_blocks/list", HARMLESS, {"content_blocks": []}),
    Case("content_block", lambda b: b.content_block("b"), "GET", "/content_blocks/info", HARMLESS, {"content_block_id": "b"}),
    Case("list_custom_attributes", lambda b: b.list_custom_attributes(), "GET", "/custom_attributes", HARMLESS, {"attributes": []}),
    *[Case("kpi_series", lambda b, kpi=kpi: b.kpi_series(kpi), "GET", f"/kpi/{kpi}/data_series", HARMLESS) for kpi in ("dau", "mau", "new_users", "uninstalls")],  # type: ignore[misc]
    Case("list_preference_centers", lambda b: b.list_preference_centers(), "GET", "/preference_center/v1/list", HARMLESS, {"preference_centers": []}),
    Case("preference_center", lambda b: b.preference_center("p"), "GET", "/preference_center/v1/{preference_center_id}", HARMLESS, address="/preference_center/v1/p"),
    Case("create_preference_center", lambda b: b.create_preference_center(CreatePreferenceCenter(name="main", preference_center_page_html="<p>1</p>", confirmation_page_html="<p>2</p>")), "POST", "/preference_center/v1", HARMFUL),
    Case("update_preference_center", lambda b: b.update_preference_center("p", UpdatePreferenceCenter(state="draft")), "PUT", "/preference_center/v1/{preference_center_id}", HARMFUL, address="/preference_center/v1/p"),
    Case("preference_center_url", lambda b: b.preference_center_url("p", "u/é"), "GET", "/preference_center/v1/{preference_center_id}/url/{external_id}", HARMLESS, {"preference_center_url": "https://x.test"}, address="/preference_center/v1/p/url/u%2F%C3%A9"),
]  # fmt: skip
