"""Every check over one mail."""

from __future__ import annotations

from library.preflight.rules import (  # noqa: F401 - entered into the list by being read
    accessibility,
    dark,
    envelope,
    images,
    law,
    links,
    moments,
    reading,
    structure,
    weight,
    words,
)
from library.preflight.rules.finding import Finding
from library.preflight.rules.registry import rules
from library.preflight.rules.subject import Subject


def examine(subject: Subject) -> tuple[Finding, ...]:
    """What blocks first, then in the order of the checks; each finding once."""
    found = [finding for rule in rules() for finding in rule.findings(subject)]
    once: dict[tuple[str, str, str, str], Finding] = {}
    for each in found:
        once.setdefault((each.rule, each.path, each.part, each.message), each)
    return tuple(sorted(once.values(), key=lambda each: -each.severity.weight))
