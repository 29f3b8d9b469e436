"""The admin page "Sending": the queue of every brand, Braze's allowance, and the kill switch of the installation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from delivery import queue, stops
from delivery.models import Dispatch


class ReasonForm(forms.Form):
    """Nothing is done by hand without it."""

    because = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say why.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest) -> HttpResponse:
    form = ReasonForm(request.POST if "stop" in request.POST else None)
    if request.method == "POST" and isinstance(request.user, User) and _done(request, request.user, form):
        return redirect("admin:delivery_sending")
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Sending"),
        "opts": Dispatch._meta,
        "lines": queue.lines(),
        "states": [Dispatch.State(state).label for state in queue.SHOWN],
        "installation": queue.installation_stop(),
        "form": form,
    }
    return render(request, "admin/delivery/sending.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, by: User, form: ReasonForm) -> bool:
    if "lift" in request.POST:
        stops.lift_installation(by=by)
        messages.success(request, _("Lifted. What waits goes on within seconds."))
        return True
    if form.is_valid():
        stops.stop_installation(because=form.cleaned_data["because"], by=by)
        messages.success(request, _("Stopped. What Braze has is being taken back, the soonest first."))
        return True
    return False
