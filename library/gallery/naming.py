"""Which stored values name a picture: those of templates, modules and campaigns alike."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from library.models import Image, Module, ModuleVersion, TemplateVersion

#: Wherever a picture of a field (src) or of an approved piece (image) stands in the document.
_PATHS = ("$.**.src ? (@ == $names[*])", "$.**.image ? (@ == $names[*])")


class _Names(Func):
    """Whether a JSON document names one of these slugs: https://www.postgresql.org/docs/15/functions-json.html."""

    function = "jsonb_path_exists"
    output_field = BooleanField()

    def __init__(self, column: str, path: str, slugs: list[str]) -> None:
        names = Func(
            Value("names"),
            Func(Cast(Value(slugs), _texts()), function="to_jsonb"),
            function="jsonb_build_object",
        )
        super().__init__(F(column), Func(Value(path), template="%(expressions)s::jsonpath"), names)


def _texts() -> Any:
    from django.contrib.postgres.fields import ArrayField

    return ArrayField(TextField())


def slugs_of(image: Image) -> list[str]:
    """The picture's, and its crops': what is cut from it is a use of it."""
    return [image.slug, *Image.objects.filter(cut_from=image).values_list("slug", flat=True)]


def naming(column: str, slugs: list[str]) -> Q:
    """Rows whose JSON column names one of these pictures."""
    found = Q()
    for path in _PATHS:
        found |= Q(_Names(column, path, slugs))
    return found


def template_versions(slugs: list[str]) -> QuerySet[TemplateVersion]:
    """Drafts and versions of every state."""
    rows: QuerySet[TemplateVersion] = TemplateVersion.objects.filter(naming("spec", slugs))
    return rows.defer("spec").select_related("template").order_by("template__name", "-number")


def modules(slugs: list[str]) -> QuerySet[Module]:
    """Those whose draft or newest version names one of them."""
    versions = ModuleVersion.objects.filter(naming("spec", slugs)).values("module")
    rows: QuerySet[Module] = Module.objects.filter(Q(pk__in=versions) | naming("draft", slugs))
    return rows.defer("draft").distinct()
