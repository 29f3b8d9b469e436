"""Modules, templates and their versions, the gallery, and the brand's rules. The rendering itself is library.engine."""

from __future__ import annotations

from library.models.drafts import DraftStep
from library.models.gallery import Folder, Image, image_file
from library.models.imports import NewsletterImport
from library.models.modules import Module, ModuleVersion
from library.models.rules import LinkCheck, MailRules, Restriction
from library.models.templates import Template, TemplateQuerySet, TemplateShare, TemplateVersion

__all__ = [
    "DraftStep",
    "Folder",
    "Image",
    "LinkCheck",
    "MailRules",
    "Module",
    "ModuleVersion",
    "NewsletterImport",
    "Restriction",
    "Template",
    "TemplateQuerySet",
    "TemplateShare",
    "TemplateVersion",
    "image_file",
]
