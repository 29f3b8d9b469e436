"""What a filter may ask of an attribute: only what Braze's connected audience can compare for its type."""

from __future__ import annotations

from typing import get_args

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braze_client.audience import AttributeType, custom_attribute
from workspace.models import Attribute

DataType = Attribute.DataType

#: Every comparison in the words of the filter builder. https://www.braze.com/docs/api/objects_filters/connected_audience
WORDS: dict[str, str | Promise] = {
    "equals": _("is"),
    "not_equal": _("is not"),
    "is_any_of": _("is one of"),
    "is_none_of": _("is none of"),
    "includes_value": _("contains"),
    "does_not_include_value": _("does not contain"),
    "matches_regex": _("matches the pattern"),
    "does_not_match_regex": _("does not match the pattern"),
    "greater_than": _("is more than"),
    "greater_than_or_equal_to": _("is at least"),
    "less_than": _("is less than"),
    "less_than_or_equal_to": _("is at most"),
    "after": _("is after"),
    "before": _("is before"),
    "less_than_x_days_ago": _("is less than … days ago"),
    "greater_than_x_days_ago": _("is more than … days ago"),
    "less_than_x_days_in_the_future": _("is less than … days ahead"),
    "greater_than_x_days_in_the_future": _("is more than … days ahead"),
    "exists": _("has any value"),
    "does_not_exist": _("has no value"),
}


def allowed(data_type: str) -> list[str]:
    """The client's own builder decides, so that nothing can be offered which it cannot say."""
    [kind] = [each for each in get_args(AttributeType) if each == data_type]
    builder = custom_attribute("any", kind)
    return [comparison for comparison in WORDS if hasattr(builder, comparison)]


def choices(data_type: str) -> list[tuple[str, str | Promise]]:
    return [(comparison, WORDS[comparison]) for comparison in allowed(data_type)]
