"""Constraints every brand-owned table carries, declared in Meta so that a new table cannot come without them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.models.constraints import BaseConstraint
from django_rls_tenants import RLSConstraint


class SameBrand(BaseConstraint):
    """A reference that PostgreSQL refuses when the row it names belongs to another brand.

    Row-level security does not look at foreign keys: without this, a row may point across the wall. The
    constraint is a second foreign key, (brand_id, x_id) to (brand_id, id).
    """

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return ""

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        assert model is not None  # noqa: S101 - Django always names the model
        target = model._meta.get_field(self.field).related_model
        assert isinstance(target, type)  # noqa: S101 - a reference has a resolved target when tables are made
        quote = schema_editor.quote_name if schema_editor else str
        return Statement(
            template="ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (brand_id, %(column)s) "
            "REFERENCES %(target)s (brand_id, id) DEFERRABLE INITIALLY DEFERRED",
            table=quote(model._meta.db_table),
            name=quote(self.name),
            column=quote(f"{self.field}_id"),
            target=quote(target._meta.db_table),
        )

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        assert model is not None  # noqa: S101 - Django always names the model
        quote = schema_editor.quote_name if schema_editor else str
        return Statement(
            template="ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=quote(model._meta.db_table),
            name=quote(self.name),
        )

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to ask before saving: PostgreSQL checks at commit, and forms offer this brand's rows only."""

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        path, _args, kwargs = super().deconstruct()
        return path, (), {**kwargs, "field": self.field}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameBrand) and (self.name, self.field) == (other.name, other.field)

    def __hash__(self) -> int:
        return hash((self.name, self.field))


def brand_wall(*references: str) -> list[BaseConstraint]:
    """Row-level security, the key that composite references aim at, and one SameBrand per reference."""
    return [
        RLSConstraint(field="brand", name="%(app_label)s_%(class)s_rls", tenant_pk_type="bigint"),
        models.UniqueConstraint(fields=["brand", "id"], name="%(app_label)s_%(class)s_brand_key"),
        *(SameBrand(field=name, name=f"%(app_label)s_%(class)s_{name}_brand") for name in references),
    ]
