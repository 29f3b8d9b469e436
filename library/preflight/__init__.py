"""Pre-flight: the checks that every template version and every campaign passes before Braze sees it.

`examine(subject)` is plain and pure. `loading.subject_for` reads what it needs from the database,
`versions.report` runs it over the extremes of a template, `following` looks where links lead, `wording` speaks the
reader's language.
"""

from __future__ import annotations

from library.preflight.rules.examine import examine
from library.preflight.rules.finding import Finding, Severity, can_bypass
from library.preflight.rules.registry import rules
from library.preflight.rules.subject import Subject

__all__ = ["Finding", "Severity", "Subject", "can_bypass", "examine", "rules"]
