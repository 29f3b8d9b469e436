"""Every check stands in docs/preflight.md, as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.preflight import rules

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "preflight.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", rules(), ids=lambda each: each.id)
def test_a_check_is_documented(rule):
    changed = "no" if rule.is_floor else "yes"
    assert f"| {rule.id} | {rule.title} | {rule.severity.value} | {changed} |" in PAGE
