"""The list of checks. A rule is a function that looks at a subject and yields what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from library.preflight.rules.finding import Finding, Hit, Severity
from library.preflight.rules.subject import BrandRules, Subject

OFF = "off"
Check: TypeAlias = Callable[[Subject], Iterator[Hit]]


@dataclass(frozen=True)
class Rule:
    """One check as the brand sees it; title and about are keys of the translation catalogue."""

    id: str
    chapter: str
    severity: Severity
    title: str
    about: str
    check: Check
    is_floor: bool = False

    def findings(self, subject: Subject) -> Iterator[Finding]:
        if self.severity_for(subject.brand) == OFF:
            return
        for hit in self.check(subject):
            yield Finding(
                self.id, self._weighed(hit, subject.brand), hit.words, hit.params, hit.path, hit.part,
                hit.subject, self.is_floor,
            )  # fmt: skip

    def severity_for(self, brand: BrandRules) -> str:
        """The brand's own, or the standard one: block, warn, info or off."""
        wanted = brand.severities.get(self.id, self.severity.value)
        return self.severity.value if self.is_floor or wanted not in _LEVELS else wanted

    def _weighed(self, hit: Hit, brand: BrandRules) -> Severity:
        """What is of the rule's usual weight gets the brand's; what is lighter by nature never gets heavier."""
        natural = hit.severity or self.severity
        wanted = Severity(self.severity_for(brand))
        if natural is self.severity:
            return wanted
        return (
            min(natural, wanted, key=lambda severity: severity.weight)
            if wanted is not self.severity
            else natural
        )


_LEVELS = frozenset({*Severity, OFF})
_RULES: dict[str, Rule] = {}


def rule(
    rule_id: str, severity: Severity, title: str, about: str, *, chapter: str, floor: bool = False
) -> Callable[[Check], Check]:
    """Enter the decorated check into the list."""

    def enter(check: Check) -> Check:
        if rule_id in _RULES:
            raise ValueError(f"{rule_id} is taken")
        _RULES[rule_id] = Rule(rule_id, chapter, severity, title, about, check, floor)
        return check

    return enter


def rules() -> tuple[Rule, ...]:
    """All checks, by number."""
    return tuple(_RULES[key] for key in sorted(_RULES))
