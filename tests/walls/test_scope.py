"""What PostgreSQL shows depends on the scope, and outside every scope it shows nothing."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import IntegrityError

from accounts.models import User
from branding.scope import across_brands, brand_scope, current_brand_id
from campaigns.models import Campaign
from groups.models import Group, Membership
from library.models import Template
from tests.walls.test_row_security import OWNED

pytestmark = pytest.mark.django_db


def names() -> set[str]:
    return set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_without_a_scope_no_table_shows_a_row(model, draft, dave):
    """By SQL of its own: no manager is asked."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")  # noqa: S608 - a table of ours
        assert cursor.fetchone() == (0,)


def test_a_scope_shows_one_brand(house, other_house):
    with brand_scope(house.brand.pk):
        assert names() == {"Bluebird Coffee", "Scotland", "Leith", "Portobello"}
    with brand_scope(other_house.brand.pk):
        assert names() == {"Brightwater Trust", "North", "Tyne", "Wear"}


def test_the_wall_holds_where_a_query_forgets_the_brand(house, other_house):
    with brand_scope(house.brand.pk), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT brand_id FROM groups_group")
        assert cursor.fetchall() == [(house.brand.pk,)]


def test_across_brands_shows_all_and_only_while_it_lasts(house, other_house):
    with across_brands("test"):
        assert {"Leith", "Tyne"} <= names()
    assert names() == set()


def test_nothing_can_be_written_for_another_brand(house, other_house):
    with pytest.raises(ProgrammingError, match="row-level security"), brand_scope(house.brand.pk):
        Group.objects.create(brand=other_house.brand, name="Cuckoo", code="cuckoo")


def test_a_row_cannot_be_moved_to_another_brand(house, other_house):
    with pytest.raises(ProgrammingError, match="row-level security"), brand_scope(house.brand.pk):
        Group.objects.filter(name="Leith").update(brand=other_house.brand)


def test_another_brands_row_cannot_be_changed_or_removed(house, other_house):
    tyne = other_house.places["Tyne"]
    with brand_scope(house.brand.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE groups_group SET name = 'Ours' WHERE id = %s", [tyne.pk])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM groups_group WHERE id = %s", [tyne.pk])
        assert cursor.rowcount == 0


def test_nothing_is_written_without_a_scope(house):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Template.objects.create(brand=house.brand, slug="loose", name="Loose")


def join_across(house, other_house, person) -> None:
    """Foreign keys see over the wall, so a second one carries the brand along."""
    with brand_scope(house.brand.pk):
        Membership.objects.create(
            person=person, group_id=other_house.places["Tyne"].pk, role=house.roles["viewer"]
        )


def as_commit_does() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_reference_across_brands_is_refused(house, other_house, alice):
    join_across(house, other_house, alice)

    with pytest.raises(IntegrityError, match="groups_membership_group_brand"):
        as_commit_does()


def test_a_campaign_cannot_use_another_brands_template(house, other_house, draft):
    with brand_scope(other_house.brand.pk):
        foreign = other_house.version.pk
    with brand_scope(house.brand.pk):
        Campaign.objects.filter(pk=draft.pk).update(template_version_id=foreign)

    with pytest.raises(IntegrityError, match="template_version_brand"):
        as_commit_does()


def test_a_nested_scope_gives_the_outer_one_back(house, other_house):
    with brand_scope(house.brand.pk):
        with brand_scope(other_house.brand.pk):
            assert "Tyne" in names()
        assert "Leith" in names()
        assert current_brand_id() == house.brand.pk


def test_so_does_one_that_ends_in_an_exception(house, other_house):
    with brand_scope(house.brand.pk):
        with pytest.raises(ZeroDivisionError), brand_scope(other_house.brand.pk):
            raise ZeroDivisionError
        assert "Leith" in names()
        assert "Tyne" not in names()


def test_so_does_one_whose_sql_failed(house, other_house):
    with brand_scope(house.brand.pk):
        with (
            pytest.raises(ProgrammingError),
            brand_scope(other_house.brand.pk),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT no_such_column FROM groups_group")
        assert "Leith" in names()


def test_across_brands_inside_a_scope_ends_with_it(house, other_house):
    with brand_scope(house.brand.pk):
        with across_brands("test"):
            assert "Tyne" in names()
        assert names() == {"Bluebird Coffee", "Scotland", "Leith", "Portobello"}


def test_a_new_row_belongs_to_the_scope_it_is_made_in(house):
    with brand_scope(house.brand.pk):
        assert Template.objects.create(slug="second", name="Second").brand_id == house.brand.pk


def test_the_same_address_serves_two_people_of_two_brands(house, other_house):
    for each in (house, other_house):
        with brand_scope(each.brand.pk):
            User.objects.create_user("sam@example.org", None, brand=each.brand)
            assert User.objects.filter(email="sam@example.org").count() == 1


@pytest.mark.django_db(transaction=True)
class TestOnOneConnection:
    """Transactions that really end, on the connection that the next request gets."""

    def test_the_next_transaction_sees_nothing(self, house):
        with brand_scope(house.brand.pk):
            assert names()
        assert names() == set()
        with transaction.atomic():
            assert names() == set()

    def test_nor_does_it_after_an_exception(self, house):
        with pytest.raises(ZeroDivisionError), brand_scope(house.brand.pk):
            raise ZeroDivisionError
        assert names() == set()
        assert current_brand_id() is None

    @pytest.mark.usefixtures("house")
    def test_nor_after_across_brands(self):
        with across_brands("test"):
            assert names()
        assert names() == set()

    def test_a_reference_across_brands_does_not_survive_commit(self, house, other_house, alice):
        with pytest.raises(IntegrityError, match="groups_membership_group_brand"):
            join_across(house, other_house, alice)
        with brand_scope(house.brand.pk):
            assert Membership.objects.count() == 1
