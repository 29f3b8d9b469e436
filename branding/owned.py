"""What every model of a brand stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

from branding.scope import current_brand_id

if TYPE_CHECKING:
    from branding.models import Brand

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class BrandManager(models.Manager[M_co]):
    """Names the brand in every query, so that PostgreSQL can use an index before it applies its policy."""

    def get_queryset(self) -> models.QuerySet[M_co]:
        rows = super().get_queryset()
        brand_id = current_brand_id()
        return rows if brand_id is None else rows.filter(brand_id=brand_id)


class BrandOwned(models.Model):
    """A row of one brand. Its Meta must list `*brand_wall(...)`; a test asks PostgreSQL whether it does."""

    brand: models.ForeignKey[Brand, Brand] = models.ForeignKey(
        "branding.Brand",
        on_delete=models.PROTECT,
        default=current_brand_id,
        editable=False,
        related_name="+",
        db_index=False,  # the (brand, id) key of the wall begins with it
    )

    objects: Any = BrandManager()

    class Meta:
        abstract = True
