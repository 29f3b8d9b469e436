"""A module of Bluebird's, and how its pages are asked."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from branding.scope import brand_scope
from library import engine
from library.models import Module, ModuleVersion
from tests.factories import STORY, House

BANNER: dict[str, Any] = {
    "slug": "banner",
    "name": "Banner",
    "description": "A line across the mail.",
    "fields": [
        {"key": "headline", "type": "text", "label": "Headline", "required": True, "max_length": 60},
        {"key": "picture", "type": "image", "label": "Picture", "ratio": "3:2"},
    ],
    "mjml": "<mj-section>\n  <mj-column>\n    <mj-text>[[ headline ]]</mj-text>\n  </mj-column>\n</mj-section>\n",
    "text": "[[ headline ]]\n",
}


def banner(house: House) -> Module:
    """Published once, used nowhere."""
    return published(house, BANNER)


def story(house: House) -> Module:
    """The module of the brand's template, as it is in there."""
    return published(house, STORY.model_dump(mode="json"))


def published(house: House, spec: dict[str, Any]) -> Module:
    with brand_scope(house.brand.pk):
        module = Module.objects.create(
            slug=spec["slug"], name=spec["name"], description=spec.get("description", "")
        )
        whole = engine.ModuleSpec.model_validate(spec).model_dump(mode="json")
        ModuleVersion.objects.create(module=module, number=1, spec=whole, note="First")
    return module


def address(module: Module, page: str = "") -> str:
    return f"/library/modules/{module.pk}/{page}"


def stamp_of(client: Client, module: Module) -> str:
    """As the form of the open page has it."""
    page = client.get(address(module, "edit/")).content.decode()
    found = re.search(r'name="stamp" value="([^"]+)"', page)
    assert found, page
    return found[1]


def typed(
    client: Client, module: Module, *, stamp: str | None = None, to: str = "edit/", **values: Any
) -> Any:
    """What the form sends when somebody types."""
    sent = {"stamp": stamp if stamp is not None else stamp_of(client, module), **values}
    return client.post(address(module, to), sent, headers={"hx-request": "true"} if to == "edit/" else {})


def problems(answer: Any) -> list[tuple[str, str]]:
    """Place and line of each problem that the page lists."""
    found = re.findall(r'data-part="(\w+)" data-line="(\d*)"', answer.content.decode())
    return [(part, line) for part, line in found]
