from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.models import OpsAccess, User
from branding.middleware import answer_within
from branding.scope import across_brands

#: Unfold's pages evaluate Alpine expressions and set inline styles; they are for ops only and stay on this origin.
ADMIN_CSP = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page asks who is there unless it says otherwise. Django admin asks by itself, at a door of its own."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        if request.path.startswith("/admin/"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class OpsMiddleware:
    """Django admin goes across brands, for ops only, and leaves a trace of each step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/admin/"):
            return self.get_response(request)
        user = request.user
        if isinstance(user, User) and user.is_ops:
            response = self._across(request, user)
        else:
            response = self.get_response(request)
        response.headers["Content-Security-Policy"] = ADMIN_CSP
        return response

    def _across(self, request: HttpRequest, user: User) -> HttpResponse:
        OpsAccess.objects.create(
            user_id_seen=user.pk or 0,
            email=user.email,
            method=request.method or "",
            path=request.get_full_path()[:500],
        )
        return answer_within(across_brands(f"admin {request.path}"), lambda: self._rendered(request))

    def _rendered(self, request: HttpRequest) -> HttpResponse:
        """Rendered inside, because a lazy page would query after the scope has closed."""
        response = self.get_response(request)
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response = response.render()
        return response


class PrivatePagesMiddleware:
    """Pages of a signed-in person are never kept by a cache, shared or the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response
