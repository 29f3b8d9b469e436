"""The e-mail engine: pure functions from a template, values and a context to a mail. No Django, no files, no network."""

from __future__ import annotations

from library.engine.check import check, check_one, check_template
from library.engine.context import Identity, Image, Profile, RenderContext, Theme
from library.engine.errors import (
    EngineError,
    ItemLimit,
    KindLimit,
    LockedField,
    RenderError,
    SourceError,
    WrongOrder,
)
from library.engine.extremes import extremes
from library.engine.fields import (
    Approved,
    ApprovedField,
    ButtonField,
    ButtonValue,
    ChoiceField,
    ColourField,
    DateField,
    EmailField,
    FieldSpec,
    ImageField,
    ImageValue,
    LinkField,
    Option,
    PriceField,
    PriceValue,
    ProfileField,
    RichTextField,
    TextField,
    ToggleField,
)
from library.engine.mail import Email, render
from library.engine.pictures import all_image_slugs, image_slugs
from library.engine.problems import Problem
from library.engine.source import read_module, read_template
from library.engine.steps import Kind, LockedPart, Step, StepField, locked_fields, steps
from library.engine.template import Envelope, Grant, ModuleSpec, Placement, Repeat, TemplateSpec, Variant
from library.engine.values import Values, add_item, defaults, move_item, remove_item, set_value

__all__ = [
    "Approved",
    "ApprovedField",
    "ButtonField",
    "ButtonValue",
    "ChoiceField",
    "ColourField",
    "DateField",
    "Email",
    "EmailField",
    "EngineError",
    "Envelope",
    "FieldSpec",
    "Grant",
    "Identity",
    "Image",
    "ImageField",
    "ImageValue",
    "ItemLimit",
    "Kind",
    "KindLimit",
    "LinkField",
    "LockedField",
    "LockedPart",
    "ModuleSpec",
    "Option",
    "Placement",
    "PriceField",
    "PriceValue",
    "Problem",
    "Profile",
    "ProfileField",
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
    "Variant",
    "WrongOrder",
    "add_item",
    "all_image_slugs",
    "check",
    "check_one",
    "check_template",
    "defaults",
    "extremes",
    "image_slugs",
    "locked_fields",
    "move_item",
    "read_module",
    "read_template",
    "remove_item",
    "render",
    "set_value",
    "steps",
]
