"""Findings in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from library.preflight.rules.finding import Finding


def message(finding: Finding) -> str:
    """What is wrong."""
    return _(finding.words.message) % finding.params


def fix(finding: Finding) -> str:
    """How to put it right."""
    return _(finding.words.fix) % finding.params
