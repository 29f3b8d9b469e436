"""One-click log-in links of bin/demo. These URLs exist only while DEMO is set, and a check refuses DEMO over HTTPS."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User

SALT = "accounts.demo"


def link(user: User) -> str:
    """The path that signs this person in, on their brand's host. Ops have no such link: they are of no brand."""
    return reverse("demo_sign_in", args=[signing.dumps([user.brand_id, user.pk], salt=SALT)])


@login_not_required
@require_safe
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    try:
        brand_id, user_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    user = User.objects.filter(pk=user_id, brand_id=brand_id, is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend="accounts.backends.PersonBackend")
    return redirect("/")
