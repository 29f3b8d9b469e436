"""Public collections of strings that broke other software, and mails in which each stands in every field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from library.engine import TemplateSpec
from tests.engine.every import FIELDS, template

HERE = Path(__file__).parent
#: As many items as a part may repeat, so that few mails hold many strings.
ITEMS = 20
SPEC: TemplateSpec = template(
    {
        "key": "part",
        "module": "every",
        "repeat": {"min": 1, "max": ITEMS},
        "open": [{"field": field["key"]} for field in FIELDS],
    }
)


def kept() -> dict[str, list[str]]:
    """The collections whose licence lets us keep them, by name."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(HERE.glob("*.json"))}


def everywhere(text: str) -> dict[str, Any]:
    """An item that says it in each of its fields."""
    whole: dict[str, Any] = {field["key"]: text for field in FIELDS}
    return {
        **whole,
        "picture": {"src": text, "alt": text},
        "button": {"label": text, "url": f"https://example.org/{text}"},
        "link": text if text.startswith(("https:", "mailto:", "tel:")) else f"https://example.org/?q={text}",
        "price": {"amount": text, "before": text},
    }


def filled_by(texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Values of as few mails as hold all of the strings."""
    for start in range(0, len(texts), ITEMS):
        some = texts[start : start + ITEMS]
        envelope = dict.fromkeys(("subject", "preheader", "sender_name", "reply_to"), some[0])
        yield {"part": [everywhere(text) for text in some], "envelope": envelope}
