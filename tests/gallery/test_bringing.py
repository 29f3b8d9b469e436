"""Files come in through the page: one by one in JSON, several from a plain form; who may, how much and how fast."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from branding.scope import brand_scope
from library.models import Folder, Image
from studio.gallery import pace
from tests.conftest import home
from tests.gallery.conftest import film, photo

pytestmark = pytest.mark.django_db
UPLOAD = "/library/gallery/upload/"


def bring(browser, *files, group=None, **said):
    brought = [SimpleUploadedFile(name, content) for name, content in files]
    return browser.post(UPLOAD, {"files": brought, "group": group.pk if group else "", **said})


def bring_json(browser, content, name="cup.jpg", group=None):
    said = {"files": SimpleUploadedFile(name, content), "group": group.pk if group else ""}
    return browser.post(UPLOAD, said, headers={"accept": "application/json"})


def test_the_script_is_told_all_it_shows(client_of, erin):
    told = bring_json(client_of(erin), photo(900, 600), "Summer cup.jpg")

    assert told.status_code == 201
    said = told.json()
    assert (said["title"], said["width"], said["height"]) == ("Summer cup", 900, 600)
    assert said["is_new"]
    assert said["needs_words"]


def test_the_same_file_again_is_said_to_be_there(client_of, erin):
    browser = client_of(erin)
    bring_json(browser, photo())
    again = bring_json(browser, photo())

    assert again.status_code == 200
    assert not again.json()["is_new"]


def test_a_film_comes_with_a_word_about_its_first_frame(client_of, erin):
    assert "only the first frame" in bring_json(client_of(erin), film(), "film.gif").json()["note"]


def test_what_is_refused_says_why(client_of, erin):
    told = bring_json(client_of(erin), b"<svg></svg>", "logo.svg")

    assert told.status_code == 422
    assert "SVG drawings cannot be sent" in told.json()["error"]


def test_a_plain_form_takes_what_it_can_and_names_the_rest(client_of, erin):
    answer = bring(client_of(erin), ("one.jpg", photo()), ("two.jpg", b"hello"))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "two.jpg" in page
    assert "no picture that mails can show" in page
    with home(erin):
        assert Image.objects.count() == 1


def test_a_manager_fills_their_own_shelf_and_folder(client_of, alice, leith):
    with home(leith):
        folder = Folder.objects.create(name="Summer", group=leith)
    bring(client_of(alice), ("one.jpg", photo()), group=leith, folder=folder.pk)

    with home(leith):
        image = Image.objects.get()
        assert (image.group_id, image.folder_id, image.added_by_id) == (leith.pk, folder.pk, alice.pk)


@pytest.mark.parametrize(("who", "answer"), [("alice", 403), ("ben", 403), ("bob", 403)])
def test_the_brands_shelf_is_filled_at_the_top_of_the_tree(client_of, request, who, answer):
    assert bring(client_of(request.getfixturevalue(who)), ("one.jpg", photo())).status_code == answer


def test_nobody_fills_the_shelf_of_the_next_group(client_of, alice, portobello):
    assert bring(client_of(alice), ("one.jpg", photo()), group=portobello).status_code == 404


def test_a_folder_of_another_shelf_is_not_there(client_of, alice, leith):
    with home(leith):
        folder = Folder.objects.create(name="The brand's", group=None)

    assert bring(client_of(alice), ("one.jpg", photo()), group=leith, folder=folder.pk).status_code == 404


def test_a_body_that_is_too_large_is_not_read(client_of, erin):
    """Whoever reads it would wait for 900 MB that never come."""
    browser = client_of(erin)
    answer = browser.generic(
        "POST", UPLOAD, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(900 * 1024**2),
        headers={"accept": "application/json"},
    )  # fmt: skip

    assert answer.status_code == 413
    assert "larger than 10 MB" in answer.json()["error"]


def test_without_the_token_nothing_is_taken(erin):
    browser = Client(enforce_csrf_checks=True, headers={"host": "bluebird.localhost"})
    with brand_scope(erin.brand_id):
        browser.force_login(erin, backend="accounts.backends.PersonBackend")

    assert bring_json(browser, photo()).status_code == 403


def test_too_many_in_a_short_time_wait(client_of, erin, monkeypatch):
    monkeypatch.setattr(pace, "MOST", 2)
    browser = client_of(erin)
    answers = [bring_json(browser, photo(colour=colour)).status_code for colour in ("red", "blue", "green")]

    assert answers == [201, 201, 429]


def test_nothing_chosen_is_said(client_of, erin):
    answer = client_of(erin).post(UPLOAD, {})

    assert answer.status_code == 422
    assert "Choose at least one picture." in answer.content.decode()


def test_what_another_brand_has_is_not_found_again(client_of, erin, dave, added):
    added(photo())
    told = bring_json(client_of(dave), photo())

    assert told.json()["is_new"]


def test_the_page_of_uploads_shows_the_folders_of_its_shelf(client_of, erin, leith):
    with home(leith):
        Folder.objects.create(name="Posters", group=None)
        Folder.objects.create(name="Leith's own", group=leith)
    page = client_of(erin).get(reverse("studio:image_upload")).content.decode()

    assert "Posters" in page
    assert "Leith's own" not in page
