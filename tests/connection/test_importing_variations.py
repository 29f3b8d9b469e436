"""Message variations from a file: a dry run first, then what is good of it, and the rest to take away."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from branding.scope import brand_scope
from connection.models import VariationFile
from groups.models import Group
from tests import factories
from tests.conftest import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def granton(house) -> Group:
    """A third group, on the default."""
    with brand_scope(house.brand.pk):
        return factories.location("Granton", house.region, message_variation_id="", variation_name="")


@pytest.fixture
def upload(client_of, erin):
    """`upload("code,id", …)`: the browser and the address of the dry run."""
    browser = client_of(erin)

    def upload(*rows: str, header: str = "Group code,Message variation id,Variation name"):
        content = "\n".join([header, *rows]).encode()
        answer = browser.post(
            reverse("connection:variations_upload"), {"file": SimpleUploadedFile("ids.csv", content)}
        )
        return browser, answer["Location"]

    return upload


def problems(browser, address):
    compared = browser.get(address).context["compared"]
    return {each.row.line: each.what for each in compared.problems}


def test_nothing_changes_before_somebody_applies_it(upload, granton):
    browser, address = upload("granton,new-id,Granton")

    compared = browser.get(address).context["compared"]

    assert [change.group.name for change in compared.new] == ["Granton"]
    assert fresh(granton).message_variation_id == ""

    browser.post(address)

    assert (fresh(granton).message_variation_id, fresh(granton).variation_name) == ("new-id", "Granton")


def test_the_dry_run_tells_new_changed_and_unchanged_apart(upload, granton):
    browser, address = upload(
        "granton,new-id,", "leith,other-id,", "portobello,variation-portobello,Portobello"
    )

    compared = browser.get(address).context["compared"]

    kinds = {
        kind: [each.group.name for each in getattr(compared, kind)]
        for kind in ("new", "changed", "unchanged")
    }
    assert kinds == {"new": ["Granton"], "changed": ["Leith"], "unchanged": ["Portobello"]}


def test_bad_rows_are_told_by_line_and_take_no_good_ones_with_them(upload, granton, house):
    browser, address = upload(
        "granton,new-id,",
        "nowhere,some-id,",
        "leith,same,",
        "portobello,same,",
        f"{house.region.code},region-id,",
    )

    told = problems(browser, address)
    browser.post(address)

    assert sorted(told) == [3, 4, 5, 6]
    assert "nowhere" in told[3]
    assert "lines 4, 5" in told[4]
    assert "is a region" in told[6]
    assert fresh(granton).message_variation_id == "new-id"


def test_an_id_that_another_group_keeps_is_a_problem_and_one_it_gives_up_is_not(upload, granton, leith):
    taken = problems(*upload("granton,variation-leith,"))
    browser, address = upload("granton,variation-leith,", "leith,moved-on,")
    browser.post(address)

    assert taken == {2: "This id is in use by Leith."}
    assert fresh(granton).message_variation_id == "variation-leith"
    assert fresh(leith).message_variation_id == "moved-on"


def test_a_row_that_falls_takes_those_with_it_that_wanted_its_id(upload, granton, leith):
    told = problems(*upload("granton,variation-leith,", "leith,variation-portobello,"))

    assert told == {2: "This id is in use by Leith.", 3: "This id is in use by Portobello."}


def test_two_groups_swap_their_ids(upload, leith, portobello):
    browser, address = upload("leith,variation-portobello,", "portobello,variation-leith,")
    browser.post(address)

    assert fresh(leith).message_variation_id == "variation-portobello"
    assert fresh(portobello).message_variation_id == "variation-leith"


def test_an_empty_id_changes_nothing_and_the_word_default_goes_back_to_it(upload, leith, portobello):
    browser, address = upload("leith,,", "portobello,default,")
    browser.post(address)

    assert fresh(leith).message_variation_id == "variation-leith"
    assert fresh(portobello).message_variation_id == ""


def test_a_group_named_twice_counts_once(upload, leith):
    assert problems(*upload("leith,one,", "LEITH,two,")) == {
        3: "Leith stands on line 2 already, and only that row counts."
    }


def test_a_group_is_known_by_its_id_as_well(upload, leith):
    browser, address = upload(f"{leith.pk},by-id", header="Group id,Variation id")
    browser.post(address)

    assert fresh(leith).message_variation_id == "by-id"


def test_rows_with_problems_can_be_taken_away_and_uploaded_again(upload, leith):
    browser, address = upload("nowhere,=1+1,")

    text = browser.get(f"{address}problems/").content.decode("utf-8-sig")

    [row] = csv.DictReader(io.StringIO(text))
    assert row["Group code"] == "nowhere"
    assert row["Message variation id"] == "'=1+1"
    assert row["Line"] == "2"
    assert "no variation id" in row["Problem"]


def test_applying_leaves_one_entry_that_says_what(upload, granton, erin, in_scope_of):
    browser, address = upload("granton,new-id,", "leith,other-id,")
    browser.post(address)
    browser.post(address)

    [entry] = in_scope_of(erin, lambda: list(AuditEntry.objects.all()))
    assert (entry.target, entry.note) == ("ids.csv", "granton: new-id, leith: other-id")


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"PK\x03\x04....", "Excel"), (b"Code,Town\nleith,Leith\n", "Message variation id"), (b"", "empty")],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(client_of, erin, content, word, in_scope_of):
    browser = client_of(erin)
    file = SimpleUploadedFile("x.csv", content or b"\n")

    answer = browser.post(reverse("connection:variations_upload"), {"file": file}, follow=True)

    assert word in answer.content.decode()
    assert in_scope_of(erin, VariationFile.objects.count) == 0


def test_nobody_sees_another_persons_file(upload, hire, house, client_of):
    _browser, address = upload("leith,x,")
    fay = hire("Fay", "brand_admin", house.root)

    assert client_of(fay).get(address).status_code == 404


def test_a_thousand_rows_are_compared_and_applied(upload, house, django_assert_max_num_queries):
    with brand_scope(house.brand.pk):
        Group.objects.bulk_create(
            Group(
                name=f"Place {n}", code=f"p{n}", parent=house.region, path=f"{house.region.path}{10**6 + n}."
            )
            for n in range(1_000)
        )
    browser, address = upload(*(f"p{n},id-{n}," for n in range(1_000)))

    with django_assert_max_num_queries(40):
        page = browser.get(address)
    browser.post(address)

    assert len(page.context["page"]) == 50
    with brand_scope(house.brand.pk):
        assert Group.objects.filter(message_variation_id__startswith="id-").count() == 1_000
