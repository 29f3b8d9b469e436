"""The rules of the further endpoints: what Braze would refuse is refused before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from braze_client import (
    AliasToIdentify,
    Attachment,
    Braze,
    ByEmail,
    CreateBlock,
    CreatePreferenceCenter,
    CreateTemplate,
    DeleteUsers,
    GroupChange,
    IdentifyUsers,
    Identity,
    InvalidRequest,
    Recipient,
    SendTransactional,
    SetSubscription,
    SetSubscriptions,
    TriggerCampaign,
    UpdateBlock,
    UpdatePreferenceCenter,
    UpdateTemplate,
    UserAlias,
)

ALIAS = UserAlias(alias_name="a", alias_label="crm")
ADA = Recipient(external_user_id="ada")
IDS = [f"u-{n}" for n in range(51)]
FILE = Attachment(file_name="menu", url="https://example.org/menu.pdf")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: TriggerCampaign(campaign_id="c"), "no recipients"),
        (lambda: TriggerCampaign(campaign_id="c", recipients=[ADA] * 51), "Braze takes 50"),
        (lambda: TriggerCampaign(campaign_id="c", recipients=[ADA], broadcast=True), "cannot list users"),
        (lambda: TriggerCampaign(campaign_id="c", broadcast=True, attachments=[FILE]), "attachments"),
        (Recipient, "exactly one"),
        (lambda: Recipient(external_user_id="u", email="a@example.org"), "exactly one"),
        (lambda: Recipient(external_user_id="u", prioritization=["identified"]), "e-mail address"),
        (lambda: Recipient(user_alias=ALIAS, send_to_existing_only=False, attributes={"x": 1}), "from an alias"),
        (lambda: Recipient(external_user_id="u", send_to_existing_only=False), "give some"),
        (lambda: SendTransactional(recipient=ADA, external_send_id="no spaces"), "external_send_id"),
        (DeleteUsers, "exactly one kind"),
        (lambda: DeleteUsers(external_ids=["u"], braze_ids=["b"]), "exactly one kind"),
        (lambda: DeleteUsers(external_ids=IDS), "external_ids"),
        (lambda: DeleteUsers(external_ids=[]), "external_ids"),
        (lambda: ByEmail(email="a@example.org", prioritization=[]), "prioritization"),
        (IdentifyUsers, "1 to 50"),
        (lambda: IdentifyUsers(aliases_to_identify=[AliasToIdentify(external_id="u", user_alias=ALIAS)] * 51), "1 to 50"),
        (lambda: Identity(external_id="u", email="a@example.org"), "exactly one"),
        (lambda: SetSubscription(subscription_group_id="g", subscription_state="subscribed"), "exactly one"),
        (lambda: SetSubscription(subscription_group_id="g", subscription_state="subscribed", email=["a"], phone=["1"]), "exactly one"),
        (lambda: SetSubscription(subscription_group_id="g", subscription_state="subscribed", external_id=IDS), "external_id"),
        (lambda: GroupChange(subscription_group_id="g", subscription_state="subscribed", emails=["a"], phones=["1"]), "exactly one"),
        (lambda: SetSubscriptions(subscription_groups=[]), "subscription_groups"),
        (lambda: CreateTemplate(template_name="", subject="Hi", body="Hi"), "template_name"),
        (lambda: CreateTemplate(template_name="May", subject="a\nBcc: x", body="Hi"), "subject"),
        (lambda: UpdateTemplate(email_template_id="t"), "nothing to change"),
        (lambda: CreateBlock(name="has space", content="Hi"), "name"),
        (lambda: CreateBlock(name="n" * 101, content="Hi"), "name"),
        (lambda: CreateBlock(name="n", content="é" * 25_600), "smaller than 50 KB"),
        (lambda: CreateBlock(name="n", content="Hi", description="d" * 251), "description"),
        (lambda: UpdateBlock(content_block_id="b"), "nothing to change"),
        (lambda: CreatePreferenceCenter(name="a b", preference_center_page_html="x", confirmation_page_html="y"), "name"),
        (UpdatePreferenceCenter, "nothing to change"),
    ],
)  # fmt: skip
def test_a_request_that_cannot_work_cannot_be_made(make: Callable[[], object], words: str) -> None:
    with pytest.raises(InvalidRequest, match=words):
        make()


@pytest.mark.parametrize(
    "ask",
    [
        lambda braze: braze.set_email_status([], "subscribed"),
        lambda braze: braze.remove_bounces(IDS),
        lambda braze: braze.hard_bounces(),
        lambda braze: braze.hard_bounces(email="a@example.org", start=date(2026, 1, 1), end=date(2026, 1, 2)),
        lambda braze: braze.hard_bounces(start=date(2026, 1, 1)),
        lambda braze: braze.hard_bounces(start=date(2026, 1, 2), end=date(2026, 1, 1)),
        lambda braze: braze.hard_bounces(email="a@example.org", limit=501),
        lambda braze: braze.unsubscribes(email="a@example.org", offset=-1),
        lambda braze: braze.subscription_status("g"),
        lambda braze: braze.subscription_status("", external_ids=["u"]),
        lambda braze: braze.subscription_status("g", external_ids=["u"], emails=["a@example.org"]),
        lambda braze: braze.subscription_status("g", external_ids=IDS),
        lambda braze: braze.user_subscriptions(external_ids="u-1"),
        lambda braze: braze.user_subscriptions(external_ids=["u"], limit=101),
        lambda braze: braze.list_email_templates(limit=1001),
        lambda braze: braze.list_campaigns(-1),
        lambda braze: braze.kpi_series("dau", length=101),
        lambda braze: braze.scheduled_broadcasts(datetime(2026, 12, 1)),
    ],
)
def test_a_question_that_braze_would_not_answer_is_not_asked(
    braze: Braze, ask: Callable[[Braze], object]
) -> None:
    with pytest.raises(InvalidRequest):
        ask(braze)
