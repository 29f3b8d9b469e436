"""Words and patterns of a brand: whole words, any capitals, and no pattern that takes long."""

from __future__ import annotations

import pytest

from library.preflight.rules.patterns import BadPattern, compiled, contains, find
from library.preflight.rules.starter import STARTER
from library.preflight.rules.subject import Restriction


@pytest.mark.parametrize(
    ("pattern", "text", "said"),
    [
        ("cheap", "So CHEAP today", "CHEAP"), ("cheap", "cheaper", ""), ("günstig", "Günstig!", "Günstig"),
        ("last chance", "last\n chance", "last\n chance"), ("50%", "now 50% less", "50%"), ("c++", "C++ course", "C++"),
        ("bill", "Billing", ""), ("Überraschung", "eine Überraschung.", "Überraschung"),
    ],
)  # fmt: skip
def test_words_are_found_whole(pattern, text, said):
    assert find(Restriction(pattern), text) == said


def test_a_pattern_is_a_pattern():
    assert find(Restriction(r"gr[ae]y", is_regex=True), "All Grey") == "Grey"


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|aa)+$", r"(.*)*x", r"(\w+\s?)*!"])
def test_patterns_that_hang_other_engines_come_to_an_end(pattern):
    assert find(Restriction(pattern, is_regex=True), "a" * 50_000 + "b") == ""


@pytest.mark.parametrize("pattern", ["(", "[", "(?=x)", r"\1", "x*", "x" * 201])
def test_what_cannot_be_used_is_refused_with_a_reason(pattern):
    with pytest.raises(BadPattern) as refused:
        compiled(pattern, is_regex=True)
    assert str(refused.value)


def test_a_stored_pattern_that_cannot_be_used_finds_nothing():
    assert find(Restriction("(", is_regex=True), "(") == ""


def test_clauses_are_found_whatever_their_blanks_and_capitals():
    assert contains("Please  Drink\nresponsibly.", "drink responsibly|18+")
    assert not contains("Drink!", "drink responsibly|18+")


@pytest.mark.parametrize("entry", STARTER, ids=lambda each: each.reason.split(":")[0])
def test_the_ready_made_entries_can_be_used_and_ask_for_a_clause(entry):
    assert compiled(entry.pattern, is_regex=True)
    assert entry.needs
    assert len(entry.pattern) <= 200
