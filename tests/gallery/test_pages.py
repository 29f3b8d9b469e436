"""The gallery's pages: what is found, what is said of a picture, folders, and whose pictures somebody sees."""

from __future__ import annotations

import pytest
from django.urls import reverse

from library.models import Folder, Image
from tests.conftest import fresh, home
from tests.gallery.conftest import photo

pytestmark = pytest.mark.django_db
SAID = {"title": "Latte", "alt": "A latte", "focus_x": "50", "focus_y": "50"}


def page_of(image: Image) -> str:
    return reverse("studio:image", args=[image.pk])


def listed(browser, **asked):
    return browser.get(reverse("studio:images"), asked).content.decode()


@pytest.fixture
def pictures(added, leith, portobello):
    """The brand's, Leith's and Portobello's."""
    return {
        "brand": added(photo(colour="red"), name="Harbour.jpg"),
        "leith": added(photo(colour="blue"), group=leith, name="Window.jpg", alt="A window seat"),
        "portobello": added(photo(colour="green"), group=portobello, name="Beach.jpg"),
    }


@pytest.mark.parametrize(
    ("who", "sees"),
    [("alice", {"brand", "leith"}), ("carol", {"brand", "portobello"}), ("erin", {"brand", "leith", "portobello"}),
     ("ron", {"brand", "leith", "portobello"})],
)  # fmt: skip
def test_who_sees_whose_pictures(client_of, request, pictures, who, sees):
    page = listed(client_of(request.getfixturevalue(who)))

    assert {name for name, image in pictures.items() if page_of(image) in page} == sees


def test_a_picture_of_the_next_group_is_not_there(client_of, alice, pictures):
    for door in ("image", "image_cut", "image_uses"):
        address = reverse(f"studio:{door}", args=[pictures["portobello"].pk])
        assert client_of(alice).get(address).status_code == 404


@pytest.mark.parametrize("q", ["window", "SEAT", "Leith"])
def test_it_is_found_by_name_words_and_group(client_of, erin, pictures, q):
    page = listed(client_of(erin), q=q)

    assert page_of(pictures["leith"]) in page
    assert page_of(pictures["brand"]) not in page


def test_it_is_found_by_its_folder(client_of, erin, pictures):
    with home(pictures["brand"]):
        folder = Folder.objects.create(name="Posters")
        Image.objects.filter(pk=pictures["brand"].pk).update(folder=folder)
    for asked in ({"folder": folder.pk}, {"q": "poster"}):
        page = listed(client_of(erin), **asked)
        assert page_of(pictures["brand"]) in page
        assert page_of(pictures["leith"]) not in page


@pytest.mark.parametrize(
    "asked", [{"shelf": "x"}, {"folder": "-1"}, {"state": "odd"}, {"page": "999"}, {"q": "\0"}]
)
def test_nonsense_in_the_address_breaks_nothing(client_of, erin, pictures, asked):
    assert client_of(erin).get(reverse("studio:images"), asked).status_code == 200


def test_the_list_asks_the_database_no_more_for_many_pictures(
    client_of, erin, added, leith, django_assert_num_queries, django_assert_max_num_queries
):
    browser = client_of(erin)
    added(photo(300, 200), group=leith)
    listed(browser)
    with django_assert_max_num_queries(40) as few:
        listed(browser)
    for side in range(20, 30):
        added(photo(300, side), group=leith)

    with django_assert_num_queries(len(few)):
        listed(browser)


def test_who_keeps_the_shelf_says_all_of_a_picture(client_of, alice, pictures):
    with home(pictures["leith"]):
        folder = Folder.objects.create(name="Summer", group=pictures["leith"].group)
    said = {
        "title": "Our window", "alt": "A seat by the window", "folder": folder.pk, "licensed_until": "2030-01-31",
        "licence_note": "Photographer", "focus_x": "20", "focus_y": "80",
    }  # fmt: skip
    client_of(alice).post(page_of(pictures["leith"]), said)

    now = fresh(pictures["leith"])
    assert (now.title, now.alt, now.folder_id) == ("Our window", "A seat by the window", folder.pk)
    assert (now.focal_x, now.focal_y, str(now.licensed_until)) == (0.2, 0.8, "2030-01-31")


def test_words_or_decoration_is_asked_for_and_nothing_typed_is_lost(client_of, erin, pictures):
    answer = client_of(erin).post(page_of(pictures["brand"]), {**SAID, "title": "Quay", "alt": ""})

    assert answer.status_code == 422
    assert "Say what it shows, or that it is decoration." in answer.content.decode()
    assert 'value="Quay"' in answer.content.decode()


def test_a_folder_of_another_shelf_cannot_be_chosen(client_of, alice, pictures):
    with home(pictures["leith"]):
        folder = Folder.objects.create(name="The brand's")

    answer = client_of(alice).post(page_of(pictures["leith"]), {**SAID, "folder": folder.pk})

    assert answer.status_code == 422


def test_what_somebody_types_is_text_on_every_page(client_of, erin, pictures):
    nasty = "<script>alert(1)</script>"
    client_of(erin).post(page_of(pictures["brand"]), {**SAID, "title": nasty, "alt": nasty})

    for page in (listed(client_of(erin)), client_of(erin).get(page_of(pictures["brand"])).content.decode()):
        assert nasty not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_folders_are_made_renamed_and_taken_away(client_of, alice, leith, pictures):
    browser = client_of(alice)
    browser.post(reverse("studio:image_folder_make"), {"name": "Summer", "group": leith.pk})
    with home(leith):
        folder = Folder.objects.get(group=leith)
        Image.objects.filter(pk=pictures["leith"].pk).update(folder=folder)
    browser.post(reverse("studio:image_folder_rename", args=[folder.pk]), {"name": "Winter"})
    assert fresh(folder).name == "Winter"
    browser.post(reverse("studio:image_folder_remove", args=[folder.pk]))

    assert fresh(pictures["leith"]).folder_id is None


@pytest.mark.parametrize(
    ("name", "words"), [("summer", "There is a folder called"), ("", "Give the folder a name.")]
)
def test_a_folder_needs_a_name_of_its_own(client_of, alice, leith, name, words):
    browser, make = client_of(alice), reverse("studio:image_folder_make")
    browser.post(make, {"name": "Summer", "group": leith.pk})

    assert words in browser.post(make, {"name": name, "group": leith.pk}, follow=True).content.decode()
