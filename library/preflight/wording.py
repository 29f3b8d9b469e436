"""Findings in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from library.preflight.rules.finding import Finding, Params


def message(finding: Finding) -> str:
    """What is wrong."""
    return _(finding.words.message) % _translated(finding)


def fix(finding: Finding) -> str:
    """How to put it right."""
    return _(finding.words.fix) % _translated(finding)


def _translated(finding: Finding) -> Params:
    """Weekdays are words of ours; everything else is a quotation."""
    weekday = finding.params.get("weekday")
    return {**finding.params, "weekday": _(str(weekday))} if weekday else finding.params
