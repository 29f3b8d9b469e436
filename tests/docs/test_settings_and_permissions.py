"""What can be set and what can be allowed is written down, all of it and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from accounts.permissions import BUILT_IN_ROLES, Permission

ROOT = Path(__file__).resolve().parents[2]


def first_cells(document: str) -> set[str]:
    """Names in code type that begin a row of a table."""
    text = (ROOT / "docs" / document).read_text()
    return set(re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE))


def test_every_setting_is_in_the_document():
    source = (ROOT / "smartersends" / "settings.py").read_text()

    assert first_cells("settings.md") == set(re.findall(r'\benv\.\w+\(\s*"(\w+)"', source))


def test_every_permission_is_in_the_document():
    assert first_cells("permissions.md") == {permission.value for permission in Permission}


def test_permissions_go_by_the_names_that_people_see():
    text = (ROOT / "docs" / "permissions.md").read_text()

    for permission in Permission:
        assert f"| `{permission.value}` | {permission.label} |" in text


def test_every_role_is_in_the_document():
    text = (ROOT / "docs" / "permissions.md").read_text()

    for key, name, _held in BUILT_IN_ROLES:
        assert f"| {name} | `{key}` |" in text


def test_what_is_said_to_be_asked_for_is_asked_for():
    """Moves a permission to the first table as soon as a view asks for it."""
    text = (ROOT / "docs" / "permissions.md").read_text()
    asked, kept = text.split("## Kept in roles")
    code = "".join(
        path.read_text()
        for app in ("campaigns", "groups", "library", "audiences", "connection", "studio", "insights")
        for path in (ROOT / app).rglob("*.py")
    )

    for permission in Permission:
        used = f"Permission.{permission.name}" in code
        assert f"| `{permission.value}` |" in (asked if used else kept)
