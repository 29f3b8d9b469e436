"""E-mail templates and content blocks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.braze_sandbox.brand import define, mailed

TEMPLATE = {"template_name": "News", "subject": "Hello", "body": "<p>News</p>"}


@pytest.fixture(autouse=True)
def _brand(braze):
    define(braze)


def template(braze, **changes):
    return braze.post("/templates/email/create", {**TEMPLATE, **changes})


def block(braze, **changes):
    return braze.post(
        "/content_blocks/create", {"name": "footer", "content": "<p>{{${first_name}}}</p>", **changes}
    )


def test_a_template_is_made_changed_and_read(braze):
    made = template(braze, tags=["news"], preheader="Soon")
    assert made.status_code == 201
    identity = made.json()["email_template_id"]
    braze.now += timedelta(hours=1)
    changed = braze.post("/templates/email/update", {"email_template_id": identity, "subject": "Goodbye"})
    assert changed.status_code == 201
    info = braze.get("/templates/email/info", email_template_id=identity).json()
    assert (info["subject"], info["body"], info["preheader"]) == ("Goodbye", "<p>News</p>", "Soon")
    [listed] = braze.get("/templates/email/list").json()["templates"]
    assert listed == {
        "email_template_id": identity,
        "template_name": "News",
        "created_at": "2026-11-23T12:00:00.000Z",
        "updated_at": "2026-11-23T13:00:00.000Z",
        "tags": ["news"],
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"template_name": None}, "Template name is required"),
        ({"subject": ""}, "subject is required"),
        ({"body": 5}, "body is required"),
        ({"preheader": 5}, "preheader must be a string"),
        ({"tags": "news"}, "Tags must be an array"),
        ({"tags": [5]}, "All tags must be strings"),
        ({"tags": ["other"]}, "Some tags could not be found"),
        ({"body": "{{content_blocks.${none}}}"}, "Email must have valid Content Block names"),
        ({"should_inline_css": "yes"}, "Invalid value for `should_inline_css`"),
    ],
)
def test_a_wrong_template_is_refused_in_braze_s_words(braze, changes, words):
    answer = template(braze, **changes)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_the_list_knows_what_changed_when_and_comes_in_stretches(braze):
    template(braze)
    braze.now += timedelta(days=1)
    template(braze, template_name="Later")

    def listed(**query):
        answer = braze.get("/templates/email/list", **query).json()
        return [one["template_name"] for one in answer["templates"]]

    assert listed(modified_after="2026-11-24") == ["Later"]
    assert listed(modified_before="2026-11-24") == ["News"]
    assert listed(limit=1, offset=1) == ["Later"]
    assert braze.get("/templates/email/list", limit=1001).status_code == 400
    assert braze.get("/templates/email/list", modified_after="x").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/templates/email/info?email_template_id=x",
        "/content_blocks/info",
        "/content_blocks/info?content_block_id=x",
    ],
)
def test_an_unknown_one_is_a_400(braze, path):
    assert braze.get(path).status_code == 400


# --- Content blocks ---


def test_a_block_is_part_of_every_mail_that_names_it_also_after_a_change(braze):
    made = block(braze).json()
    assert made["liquid_tag"] == "{{content_blocks.${footer}}}"
    for content in (None, "<p>Changed</p>"):
        if content:
            update = {"content_block_id": made["content_block_id"], "content": content}
            assert braze.post("/content_blocks/update", update).status_code == 201
        braze.booked(email={"body": f"<p>Hi</p>{made['liquid_tag']}"})
    braze.later(hours=1)
    assert len(mailed(braze, "ada@example.org")) == 2
    texts = [braze.get(f"/inbox/{one['id']}/html").text for one in mailed(braze, "ada@example.org")]
    assert all("<p>Changed</p>" in one for one in texts)


def test_a_block_sees_the_recipient(braze):
    block(braze)
    braze.booked(email={"subject": "{{content_blocks.${footer} | strip_html}}"})
    braze.later(hours=1)
    assert [one["subject"] for one in mailed(braze, "ada@example.org")] == ["Ada"]


def test_a_missing_or_draft_block_drops_the_recipient(braze):
    block(braze, state="draft")
    schedule_id = braze.booked(email={"body": "{{content_blocks.${footer}}}"})
    braze.later(hours=1)
    assert set(braze.drops(schedule_id)) == {"ada", "bob", "eve"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "name cannot be blank"),
        ({"name": "two words"}, "alphanumeric"),
        ({"name": "x" * 101}, "at most 100"),
        ({"content": ""}, "Content cannot be blank"),
        ({"content": "x" * 51_201}, "Content must be smaller than 50kb"),
        ({"content": "{{ broken"}, "Content contains malformed liquid"),
        ({"description": "x" * 251}, "at most 250"),
        ({"state": "gone"}, "active or draft"),
        ({"tags": ["other"]}, "Some tags could not be found"),
    ],
)
def test_a_wrong_block_is_refused(braze, changes, words):
    answer = block(braze, **changes)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_a_name_is_unique_and_an_active_block_keeps_it(braze):
    identity = block(braze).json()["content_block_id"]
    assert block(braze).status_code == 400
    for change in ({"name": "header"}, {"state": "draft"}):
        assert (
            braze.post("/content_blocks/update", {"content_block_id": identity, **change}).status_code == 400
        )
    draft = block(braze, name="draft", state="draft").json()["content_block_id"]
    renamed = {"content_block_id": draft, "name": "final", "state": "active"}
    assert braze.post("/content_blocks/update", renamed).status_code == 201
    listed = braze.get("/content_blocks/list").json()
    assert (listed["count"], [one["name"] for one in listed["content_blocks"]]) == (2, ["footer", "final"])


def test_a_block_knows_the_templates_that_hold_it(braze):
    identity = block(braze).json()["content_block_id"]
    holder = template(braze, body="<p>{{content_blocks.${footer}}}</p>").json()["email_template_id"]
    template(braze)
    info = braze.get("/content_blocks/info", content_block_id=identity, include_inclusion_data="true").json()
    assert (info["name"], info["inclusion_count"], info["inclusion_data"]) == ("footer", 1, [holder])
