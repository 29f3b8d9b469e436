"""PostgreSQL itself is asked about every table: nobody can forget the wall around a new model."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.constraints import UniqueConstraint

from branding.borrowed import BORROWED
from branding.constraints import SameBrand
from branding.owned import BrandOwned

#: Tables of no brand, and why that is right.
SHARED = {
    "accounts_opsaccess": "the trace of ops, who belong to no brand",
    "auth_group": "Django's own, unused: roles are accounts.Role",
    "auth_group_permissions": "as above",
    "auth_permission": "names of models, the same for all",
    "branding_brand": "the register of tenants, read before a scope can be open",
    "branding_domain": "likewise: a host has to be looked up first",
    "delivery_installationstop": "the kill switch of the installation: of no brand, so that it holds for all",
    "django_admin_log": "the trace of ops in Django admin",
    "django_content_type": "names of models, the same for all",
    "django_session": "found only by its secret key, and only worth something inside the brand it was opened in",
}

OWNED = [model for model in apps.get_models() if issubclass(model, BrandOwned)]
WALLED = [*(model._meta.db_table for model in OWNED), *BORROWED]


def tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


def one(sql: str, *params: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchone()
    assert found is not None
    return tuple(found)


def test_every_table_is_walled_or_shared_for_a_reason():
    assert tables() - set(WALLED) == set(SHARED)


@pytest.mark.django_db
def test_the_role_we_connect_as_cannot_see_over_the_wall():
    assert one("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == (False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("table", WALLED)
def test_row_security_is_on_and_binds_the_owner_too(table):
    asked = one("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table)

    assert asked == (True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("table", WALLED)
def test_one_policy_guards_what_is_read_and_what_is_written(table):
    found = "SELECT count(*), min(cmd), min(permissive), min(qual), min(with_check) FROM pg_policies WHERE tablename = %s"
    count, command, permissive, using, check = one(found, table)

    assert (count, command, permissive) == (1, "ALL", "PERMISSIVE")
    assert using == check
    assert "rls.current_tenant" in str(check)


def references(model: type[models.Model]) -> set[str]:
    """The references of a model to rows of a brand."""
    return {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, BrandOwned)
    }


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_every_reference_to_a_brands_row_stays_inside_the_brand(model):
    held = {each.field for each in model._meta.constraints if isinstance(each, SameBrand)}

    assert held == references(model)


@pytest.mark.django_db
@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_postgres_holds_each_of_these_references(model):
    for field in references(model):
        name = f"{model._meta.app_label}_{model._meta.model_name}_{field}_brand"
        [definition] = one("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", name)
        assert str(definition).startswith(f"FOREIGN KEY (brand_id, {field}_id) REFERENCES")
        assert "(brand_id, id)" in str(definition)


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_what_is_unique_is_unique_inside_a_brand(model):
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            assert constraint.fields[0] == "brand", constraint.name


@pytest.mark.django_db
@pytest.mark.parametrize("table", WALLED)
def test_no_unique_index_tells_one_brand_of_another(table):
    """Each starts with the brand, or with what belongs to a brand already: a row's id, or a secret of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE 'CREATE UNIQUE%%'",
            [table],
        )
        found = [definition.rsplit("USING btree (", 1)[1].split(")")[0] for [definition] in cursor.fetchall()]

    assert found
    assert {columns.split(",")[0] for columns in found} <= {"brand_id", "id", "key", *owners(table)}


def owners(table: str) -> set[str]:
    """Columns that name a row of a brand."""
    if table in BORROWED:
        return {"user_id", "email_address_id"}
    [model] = [model for model in OWNED if model._meta.db_table == table]
    return {f"{name}_id" for name in references(model)}
