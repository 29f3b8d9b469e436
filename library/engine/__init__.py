"""The e-mail engine: pure functions from a template, values and a context to a mail. No Django, no files, no network."""

from __future__ import annotations

from library.engine.check import check, check_one, check_template
from library.engine.context import Identity, Image, Profile, RenderContext, Theme
from library.engine.errors import EngineError, ItemLimit, LockedField, RenderError, SourceError
from library.engine.fields import (
    ButtonField,
    ButtonValue,
    ChoiceField,
    FieldSpec,
    ImageField,
    ImageValue,
    Option,
    RichTextField,
    TextField,
    ToggleField,
)
from library.engine.mail import Email, render
from library.engine.problems import Problem
from library.engine.source import read_module, read_template
from library.engine.steps import Step, StepField, steps
from library.engine.template import Grant, ModuleSpec, Placement, Repeat, TemplateSpec
from library.engine.values import Values, add_item, defaults, move_item, remove_item, set_value

__all__ = [
    "ButtonField",
    "ButtonValue",
    "ChoiceField",
    "Email",
    "EngineError",
    "FieldSpec",
    "Grant",
    "Identity",
    "Image",
    "ImageField",
    "ImageValue",
    "ItemLimit",
    "LockedField",
    "ModuleSpec",
    "Option",
    "Placement",
    "Problem",
    "Profile",
    "RenderContext",
    "RenderError",
    "Repeat",
    "RichTextField",
    "SourceError",
    "Step",
    "StepField",
    "TemplateSpec",
    "TextField",
    "Theme",
    "ToggleField",
    "Values",
    "add_item",
    "check",
    "check_one",
    "check_template",
    "defaults",
    "move_item",
    "read_module",
    "read_template",
    "remove_item",
    "render",
    "set_value",
    "steps",
]
