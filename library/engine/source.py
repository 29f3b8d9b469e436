"""Reads modules and templates from their files; what is wrong is said with the file and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from library.engine.check import check_template
from library.engine.errors import SourceError
from library.engine.language import compile_module
from library.engine.template import ModuleSpec, TemplateSpec


def read_module(folder: Path) -> ModuleSpec:
    """The module in the folder (module.toml, module.mjml, module.txt), named as the folder is."""
    declared = _toml(folder / "module.toml")
    sources = {"mjml": _file(folder / "module.mjml"), "text": _file(folder / "module.txt")}
    try:
        module = ModuleSpec.model_validate({"slug": folder.name, **declared, **sources})
    except ValidationError as error:
        raise SourceError(str(folder / "module.toml"), *_faults(error)) from error
    compile_module(module)
    return module


def read_template(file: Path, modules: Mapping[str, ModuleSpec]) -> TemplateSpec:
    """The template in the file, with the modules it uses taken along."""
    declared = _toml(file)
    placed = _placed(declared.get("placements", []))
    used = {slug: module for slug, module in modules.items() if slug in placed}
    try:
        template = TemplateSpec.model_validate({**declared, "modules": used})
    except ValidationError as error:
        raise SourceError(str(file), *_faults(error)) from error
    if problems := check_template(template):
        raise SourceError(str(file), *(f"{problem.path}: {problem.message}" for problem in problems))
    return template


def _placed(placements: Any) -> list[Any]:
    """What the placements call their modules, those of zones among them; whether it is right is not asked here."""
    tables = [each for each in placements if isinstance(each, dict)]
    variants = [each for table in tables for each in table.get("variants", []) if isinstance(each, dict)]
    return [each.get("module") for each in (*tables, *variants)]


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_file(file))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(str(file), str(error)) from error


def _file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(file), f"it cannot be read ({error})") from error


def _faults(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(str(part) for part in fault['loc']) or 'the file'}: {fault['msg']}"
        for fault in error.errors()
    ]
