"""The README of the package: its example runs, and its tables are complete."""

from __future__ import annotations

import re
from pathlib import Path

import respx

from braze_client import BrazeError, Outcome, errors

README = (Path(errors.__file__).parent / "README.md").read_text()


def test_its_example_books_a_message(api: respx.MockRouter, key: str) -> None:
    [example] = [
        code for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "create_schedule" in code
    ]
    route = api.post("/messages/schedule/create").respond(201, json={"schedule_id": "s-1"})

    exec(example.replace("https://rest.fra-01.braze.eu", "https://rest.test"), {"key": key})  # noqa: S102 - our own text

    assert route.call_count == 1


def test_its_table_names_every_outcome_and_every_error() -> None:
    kinds = [
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, BrazeError)
    ]

    for name in [*Outcome, *(kind.__name__ for kind in kinds if kind is not BrazeError)]:
        assert f"`{name}`" in README
