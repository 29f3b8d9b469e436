"""The wall between brands: what PostgreSQL shows depends on the scope, and outside every scope it shows nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

logger = logging.getLogger("smartersends.scope")


@dataclass(frozen=True)
class _Scope:
    """What the policies compare rows with: a brand, or leave to see all."""

    brand_id: int | None = None
    sees_all: bool = False


_NONE = _Scope()
_current: ContextVar[_Scope] = ContextVar("scope", default=_NONE)


@contextmanager
def brand_scope(brand_id: int) -> Iterator[None]:
    """One transaction in which PostgreSQL shows this brand's rows and no others."""
    with _within(_Scope(brand_id=brand_id)):
        yield


@contextmanager
def across_brands(reason: str) -> Iterator[None]:
    """One transaction that sees every brand. Rare: for ops, and for sweeps that only collect ids."""
    logger.debug("across brands: %s", reason)
    with _within(_Scope(sees_all=True)):
        yield


def current_brand_id() -> int | None:
    """The brand in scope, or None outside every scope and across brands."""
    return _current.get().brand_id


@contextmanager
def _within(scope: _Scope) -> Iterator[None]:
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        _tell_postgres(scope)
        token = _current.set(scope)
        try:
            yield
        finally:
            _current.reset(token)
        # The end of a transaction, and any rollback, put the old values back by themselves.
        if is_nested and not connection.needs_rollback:
            _tell_postgres(_current.get())


def _tell_postgres(scope: _Scope) -> None:
    """The settings that django-rls-tenants' policies read, for the rest of the transaction only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('rls.current_tenant', %s, true), set_config('rls.is_admin', %s, true)",
            ["" if scope.brand_id is None else str(scope.brand_id), "true" if scope.sees_all else "false"],
        )
