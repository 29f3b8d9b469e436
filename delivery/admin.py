"""Dispatches with every attempt: what ops reads when somebody asks why a campaign did not go, and what they can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import TabularInline
from unfold.decorators import action
from unfold.paginator import InfinitePaginator

from accounts.models import User
from branding.ops import ReadOnlyAdmin
from delivery import admin_sending, mending, queue
from delivery.admin_sending import ReasonForm
from delivery.errors import DeliveryError
from delivery.models import Attempt, Dispatch, InstallationStop, SendId, Stop

#: As many as one deed by hand takes on.
AT_ONCE = 200


class AttemptInline(TabularInline):  # type: ignore[misc]  # unfold ships no types
    model = Attempt
    extra = 0
    can_delete = False
    fields = readonly_fields = [
        "started_at", "ended_at", "duration_ms", "path", "outcome", "status", "request_id", "content_hash", "words",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest, obj: Dispatch | None = None) -> bool:  # noqa: ARG002 - Django's signature
        return False


class WaitingOver(admin.SimpleListFilter):
    """How long something has waited to be handed over, changed or taken back."""

    title = gettext_lazy("waiting over")
    parameter_name = "over"
    AGES: dict[str, timedelta] = {
        "1m": timedelta(minutes=1),
        "10m": timedelta(minutes=10),
        "1h": timedelta(hours=1),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002 - Django's signature
        return [("1m", _("1 minute")), ("10m", _("10 minutes")), ("1h", _("1 hour"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Dispatch]) -> QuerySet[Dispatch]:  # noqa: ARG002 - Django's signature
        age = self.AGES.get(self.value() or "")
        return queue.waiting_over(queryset, age) if age else queryset


@admin.register(Dispatch)
class DispatchAdmin(ReadOnlyAdmin):
    list_display = [
        "label", "brand", "group", "state", "planned_at", "not_before", "waits_because", "outcome", "send_id",
    ]  # fmt: skip
    list_filter = ["state", WaitingOver, "brand"]
    list_select_related = ["brand", "group", "send_id"]
    search_fields = ["label", "schedule_id", "braze_dispatch_id", "variation_id"]
    paginator = InfinitePaginator  # nobody waits for a total of a million rows
    inlines = [AttemptInline]
    actions = ["try_again", "settle_as_sent", "settle_as_not_sent"]
    actions_list = ["to_sending"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispatch]:
        rows: QuerySet[Dispatch] = super().get_queryset(request)
        return rows.select_related("brand", "group", "send_id")

    def get_urls(self) -> list[URLPattern]:
        page = path("sending/", self.admin_site.admin_view(admin_sending.sending), name="delivery_sending")
        urls: list[URLPattern] = super().get_urls()
        return [page, *urls]

    @action(description=gettext_lazy("Queue, allowance, stop"), url_path="to-sending")  # type: ignore[untyped-decorator]  # unfold ships no types
    def to_sending(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002 - Django's signature
        return redirect("admin:delivery_sending")

    @admin.action(description=gettext_lazy("Try again …"))
    def try_again(self, request: HttpRequest, rows: QuerySet[Dispatch]) -> HttpResponse | None:
        return self._with_reason(request, rows, _("Try again"), mending.try_again)

    @admin.action(description=gettext_lazy("Settle as sent …"))
    def settle_as_sent(self, request: HttpRequest, rows: QuerySet[Dispatch]) -> HttpResponse | None:
        return self._with_reason(request, rows, _("Settle as sent"), mending.settle, was_sent=True)

    @admin.action(description=gettext_lazy("Settle as not sent …"))
    def settle_as_not_sent(self, request: HttpRequest, rows: QuerySet[Dispatch]) -> HttpResponse | None:
        return self._with_reason(request, rows, _("Settle as not sent"), mending.settle, was_sent=False)

    def _with_reason(
        self,
        request: HttpRequest,
        rows: QuerySet[Dispatch],
        title: str,
        deed: Callable[..., None],
        **how: bool,
    ) -> HttpResponse | None:
        """First asks for the reason; with it, does the deed to each and says which could not be done."""
        chosen = list(rows[:AT_ONCE])
        form = ReasonForm(request.POST if "because" in request.POST else None)
        if not form.is_valid() or not isinstance(request.user, User):
            return self._ask(request, chosen, title, form)
        refused = list(_refused(chosen, deed, because=form.cleaned_data["because"], by=request.user, **how))
        for words in refused:
            messages.error(request, words)
        if count := len(chosen) - len(refused):
            done = ngettext("Done for %(count)d dispatch.", "Done for %(count)d dispatches.", count)
            messages.success(request, done % {"count": count})
        return None

    def _ask(
        self, request: HttpRequest, chosen: list[Dispatch], title: str, form: ReasonForm
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.model._meta,
            "chosen": chosen,
            "form": form,
            "action": request.POST["action"],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/delivery/reason.html", context, status=422 if form.errors else 200)


def _refused(chosen: list[Dispatch], deed: Callable[..., None], **how: object) -> Iterator[str]:
    for dispatch in chosen:
        try:
            deed(dispatch, **how)
        except DeliveryError as error:
            yield f"{dispatch.label}: {error}"


@admin.register(SendId)
class SendIdAdmin(ReadOnlyAdmin):
    list_display = ["value", "day", "number", "is_known_to_braze", "brand"]
    list_filter = ["brand"]
    list_select_related = ["brand"]
    date_hierarchy = "day"


@admin.register(Stop)
class StopAdmin(ReadOnlyAdmin):
    list_display = [
        "__str__",
        "scope",
        "brand",
        "because",
        "stopped_by",
        "stopped_at",
        "lifted_by",
        "lifted_at",
    ]
    list_filter = ["scope", "brand"]
    list_select_related = ["brand", "group", "template"]


@admin.register(InstallationStop)
class InstallationStopAdmin(ReadOnlyAdmin):
    list_display = ["because", "stopped_by", "stopped_at", "lifted_by", "lifted_at"]
