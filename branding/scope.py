"""The wall between brands: what PostgreSQL shows depends on the scope, and outside every scope it shows nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django_rls_tenants import admin_context, tenant_context
from django_rls_tenants.tenants.state import get_current_tenant_id

logger = logging.getLogger("smartersends.scope")


@contextmanager
def brand_scope(brand_id: int) -> Iterator[None]:
    """One transaction in which PostgreSQL shows this brand's rows and no others."""
    with transaction.atomic(), tenant_context(brand_id):
        yield


@contextmanager
def across_brands(reason: str) -> Iterator[None]:
    """One transaction that sees every brand. Rare: for ops, and for sweeps that only collect ids."""
    logger.debug("across brands: %s", reason)
    with transaction.atomic(), admin_context():
        yield


def current_brand_id() -> int | None:
    """The brand in scope, or None outside every scope and across brands."""
    brand_id = get_current_tenant_id()
    return None if brand_id is None else int(brand_id)
