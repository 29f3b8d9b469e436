"""E-mail templates and content blocks.

https://www.braze.com/docs/api/endpoints/templates
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from braze_client.liquid import LiquidError, check
from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.asking import instant, slice_of, text
from braze_sandbox.calls import Call
from braze_sandbox.clock import absolute, iso, read_time
from braze_sandbox.objects import Object
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Workspace

Body = dict[str, Any]

TEMPLATE, BLOCK = "email_template", "content_block"
MOST, PER_CALL = 1_000, 100
MAX_NAME, MAX_DESCRIPTION, MAX_CONTENT = 100, 250, 50 * 1024

_TEMPLATE_TEXTS = ("template_name", "subject", "body", "plaintext_body", "preheader", "description")
_TEMPLATE_LISTED = ("email_template_id", "template_name", "created_at", "updated_at", "tags")
_BLOCK_LISTED = (
    "content_block_id",
    "name",
    "content_type",
    "liquid_tag",
    "created_at",
    "last_edited",
    "tags",
)
_BLOCK_GIVEN = ("name", "description", "content", "state", "tags")
_BLOCK_NAMES = re.compile(r"content_blocks\.\$\{\s*([^{}]*?)\s*\}")
_NAME = re.compile(r"[A-Za-z0-9_-]+")


# --- Templates -----------------------------------------------------------------------------------------------


def create_template(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    text(body, "template_name", "Template name is required")
    text(body, "subject")
    text(body, "body")
    made = {"email_template_id": str(uuid4()), "created_at": iso(call.at), "tags": [], "description": ""}
    return _keep_template(sandbox, workspace, call, made, body)


def update_template(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    return _keep_template(sandbox, workspace, call, _known(sandbox, workspace, TEMPLATE, body), body)


def _keep_template(sandbox: Sandbox, workspace: Workspace, call: Call, held: Object, body: Body) -> Answer:
    for name in _TEMPLATE_TEXTS:
        if not isinstance(body.get(name, ""), str):
            raise Refused(f"{name} must be a string")
    _check_tags(workspace, body)
    if not isinstance(body.get("should_inline_css", False), bool):
        raise Refused("Invalid value for `should_inline_css`. One of `true` or `false` was expected")
    _check_blocks(sandbox, workspace, f"{body.get('subject', '')}{body.get('body', '')}")
    given = {name: body[name] for name in (*_TEMPLATE_TEXTS, "tags", "should_inline_css") if name in body}
    kept = {**held, **given, "updated_at": iso(call.at)}
    sandbox.objects.put(workspace.name, TEMPLATE, kept["email_template_id"], kept)
    return Answer({"email_template_id": kept["email_template_id"], "message": "success"})


def _check_tags(workspace: Workspace, body: Body) -> None:
    tags = body.get("tags", [])
    if not isinstance(tags, list):
        raise Refused("Tags must be an array")
    if not all(isinstance(one, str) for one in tags):
        raise Refused("All tags must be strings")
    if not set(tags) <= workspace.extras.tags:
        raise Refused("Some tags could not be found")


def _check_blocks(sandbox: Sandbox, workspace: Workspace, source: str) -> None:
    known = {one["name"] for one in sandbox.objects.all(workspace.name, BLOCK)}
    if not set(_BLOCK_NAMES.findall(source)) <= known:
        raise Refused("Email must have valid Content Block names")


def list_templates(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Body) -> Answer:
    found = _modified(sandbox.objects.all(workspace.name, TEMPLATE), query, "updated_at")
    return _page(found, query, "templates", _TEMPLATE_LISTED)


def template_info(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Body) -> Answer:
    return Answer({**_known(sandbox, workspace, TEMPLATE, query), "message": "success"}, status=200)


# --- Content blocks ------------------------------------------------------------------------------------------


def create_block(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    _check_name(sandbox, workspace, text(body, "name", "Content Block name cannot be blank"))
    made = {
        "content_block_id": str(uuid4()),
        "content_type": "html",
        "created_at": iso(call.at),
        "description": "",
        "state": "active",
        "tags": [],
    }
    if not body.get("content"):
        raise Refused("Content cannot be blank")
    return _keep_block(sandbox, workspace, call, made, body)


def update_block(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    held = _known(sandbox, workspace, BLOCK, body)
    name = body.get("name", held["name"])
    if held["state"] == "active" and name != held["name"]:
        raise Refused("The name of an active Content Block cannot be changed")
    if held["state"] == "active" and body.get("state") == "draft":
        raise Refused("An active Content Block cannot become a draft again")
    if name != held["name"]:
        _check_name(sandbox, workspace, str(name))
    return _keep_block(sandbox, workspace, call, held, body)


def _check_name(sandbox: Sandbox, workspace: Workspace, name: str) -> None:
    if len(name) > MAX_NAME:
        raise Refused("Content Block name must be at most 100 characters")
    if not _NAME.fullmatch(name):
        raise Refused("Content Block name can only contain alphanumeric characters, dashes and underscores")
    if any(one["name"] == name for one in sandbox.objects.all(workspace.name, BLOCK)):
        raise Refused("Content Block name must be unique")


def _keep_block(sandbox: Sandbox, workspace: Workspace, call: Call, held: Object, body: Body) -> Answer:
    given = {name: body[name] for name in _BLOCK_GIVEN if name in body}
    kept: Object = {**held, **given}
    _check_content(kept)
    _check_tags(workspace, kept)
    kept |= {"liquid_tag": f"{{{{content_blocks.${{{kept['name']}}}}}}}", "last_edited": iso(call.at)}
    sandbox.objects.put(workspace.name, BLOCK, kept["content_block_id"], kept)
    told = {name: kept[name] for name in ("content_block_id", "liquid_tag", "created_at")}
    return Answer({**told, "message": "success"})


def _check_content(block: Object) -> None:
    if not isinstance(block["description"], str) or len(block["description"]) > MAX_DESCRIPTION:
        raise Refused("Description must be at most 250 characters")
    if not isinstance(block["content"], str):
        raise Refused("Content must be a string")
    if len(block["content"].encode()) > MAX_CONTENT:
        raise Refused("Content must be smaller than 50kb")
    if block["state"] not in ("active", "draft"):
        raise Refused("Content Block state must be active or draft")
    try:
        check(block["content"])
    except LiquidError as error:
        raise Refused("Content contains malformed liquid") from error


def list_blocks(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Body) -> Answer:
    found = _modified(sandbox.objects.all(workspace.name, BLOCK), query, "last_edited")
    return _page(found, query, "content_blocks", _BLOCK_LISTED)


def block_info(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Body) -> Answer:
    block = _known(sandbox, workspace, BLOCK, query)
    told = {**block, "message": "success"}
    if str(query.get("include_inclusion_data", "")).lower() == "true":
        tag = re.compile(_BLOCK_NAMES.pattern.replace(r"[^{}]*?", re.escape(block["name"])))
        holders = sandbox.objects.all(workspace.name, TEMPLATE)
        inclusions = [one["email_template_id"] for one in holders if tag.search(one["body"] + one["subject"])]
        told |= {"inclusion_count": len(inclusions), "inclusion_data": inclusions}
    return Answer(told, status=200)


# --- Both ----------------------------------------------------------------------------------------------------


def _known(sandbox: Sandbox, workspace: Workspace, kind: str, given: Body) -> Object:
    name = f"{kind}_id"
    found = sandbox.objects.get(workspace.name, kind, text(given, name))
    if found is None:
        raise Refused(f"Invalid {name}")
    return found


def _modified(found: list[Object], query: Body, name: str) -> list[Object]:
    after, before = instant(query, "modified_after"), instant(query, "modified_before")
    return [
        one
        for one in found
        if (after is None or _at(one[name]) >= after) and (before is None or _at(one[name]) <= before)
    ]


def _at(written: str) -> float:
    read = read_time(written)
    return absolute(read) if read else 0.0


def _page(found: list[Object], query: Body, name: str, fields: tuple[str, ...]) -> Answer:
    shown = slice_of(found, query, default=PER_CALL, most=MOST)
    rows = [{field: one[field] for field in fields} for one in shown]
    return Answer({"count": len(rows), name: rows, "message": "success"}, status=200)
