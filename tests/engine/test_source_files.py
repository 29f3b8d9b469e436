"""Modules and templates are read from their folders; a fault is told with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.engine import ModuleSpec, RenderError, SourceError, read_module, read_template, steps
from tests.engine.cast import template

MODULE = """
name = "Hero"
description = "Opening picture."
[[fields]]
key = "headline"
type = "text"
label = "Headline"
required = true
max_length = 60
"""
TEMPLATE = """
name = "Seasonal offer"
category = "Offer"
brands = ["bluebird"]
[envelope.values]
subject = "A warm cup"
[[envelope.open]]
field = "subject"
label = "Subject line"
[[placements]]
key = "hero"
module = "hero"
title = "Opening"
[placements.values]
headline = "Autumn is here"
[[placements.open]]
field = "headline"
max_length = 48
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "hero", MODULE)


def write(folder: Path, declared: str, mjml: str = "<mj-section>[[ headline ]]</mj-section>") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "module.toml").write_text(declared, encoding="utf-8")
    (folder / "module.mjml").write_text(mjml, encoding="utf-8")
    (folder / "module.txt").write_text("[[ headline ]]\n", encoding="utf-8")
    return folder


def test_a_module_is_named_as_its_folder(folder: Path) -> None:
    module = read_module(folder)

    assert (module.slug, module.name, module.fields[0].key) == ("hero", "Hero", "headline")
    assert ModuleSpec.model_validate_json(module.model_dump_json()) == module


def test_a_template_takes_its_modules_along(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "seasonal.toml"
    file.write_text(TEMPLATE, encoding="utf-8")
    spec = read_template(file, {"hero": read_module(folder), "other": read_module(folder)})

    assert set(spec.modules) == {"hero"}
    assert [(step.key, step.title, [field.path for field in step.fields]) for step in steps(spec)] == [
        ("envelope", "", ["envelope.subject"]),
        ("hero", "Opening", ["hero.headline"]),
    ]
    assert steps(spec)[0].fields[0].field.label == "Subject line"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('type = "text"', 'type = "colour"', "colour"),
        ('key = "headline"', 'key = "Head line"', "key"),
        ('key = "headline"', 'key = "theme"', "theme"),
        ("max_length = 60", "max_lenght = 60", "max_lenght"),
        ("max_length = 60", "max_length = ", "line 9"),
        ("[[fields]]", '[[fields]]\nkey = "headline"\ntype = "text"\nlabel = "x"\n[[fields]]', "twice"),
    ],
)
def test_a_fault_in_a_module_names_file_and_key(folder: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(SourceError, match=words) as fault:
        read_module(write(folder, MODULE.replace(old, new)))

    assert "module.toml" in str(fault.value)


def test_a_source_that_does_not_compile_is_found_at_once(folder: Path) -> None:
    with pytest.raises(RenderError, match="line 1"):
        read_module(write(folder, MODULE, "<mj-section>[% if headline %]</mj-section>"))
    with pytest.raises(RenderError, match="headlin "):
        read_module(write(folder, MODULE, "[[ headlin ]]"))


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "module.txt").unlink()

    with pytest.raises(SourceError, match=r"module\.txt"):
        read_module(folder)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('module = "hero"', 'module = "gone"', "gone"),
        ('headline = "Autumn is here"', 'headlin = "Autumn"', "headlin"),
        ("max_length = 48", "max_length = 99", "60 characters"),
        ('headline = "Autumn is here"', f'headline = "{"a" * 49}"', "Shorten this to 48"),
        ('subject = "A warm cup"', 'subject = "Hi {{${first_name}}}"', "envelope.subject"),
    ],
)
def test_a_fault_in_a_template_names_file_and_place(
    folder: Path, tmp_path: Path, old: str, new: str, words: str
) -> None:
    file = tmp_path / "seasonal.toml"
    file.write_text(TEMPLATE.replace(old, new), encoding="utf-8")

    with pytest.raises(SourceError, match=words) as fault:
        read_template(file, {"hero": read_module(folder)})

    assert "seasonal.toml" in str(fault.value)


def test_steps_ask_only_for_what_is_open() -> None:
    asked = {step.key: step for step in steps(template())}

    assert list(asked) == ["envelope", "hero", "notes", "extra"]
    assert [field.path for field in asked["notes"].fields] == ["notes.*.title"]
    assert asked["notes"].fields[0].at(2) == "notes.2.title"
    assert asked["notes"].fields[0].field.max_length == 30
    assert asked["notes"].repeat is not None
    assert asked["extra"].optional
    assert asked["notes"].title == "Note"
    locked = template(placements=[{"key": "hero", "module": "story"}])
    assert [step.key for step in steps(locked)] == ["envelope"]
