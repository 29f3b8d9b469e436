"""Parts of pictures: cut round the focus or as drawn, from the best there is, and once."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image as Pixels

from library.errors import LibraryError
from library.gallery import boxes, services
from library.gallery.boxes import Box
from library.gallery.limits import MOST_WEIGHT
from library.models import Image
from tests.conftest import home
from tests.gallery.conftest import film, noise, photo


def test_the_box_is_as_large_as_the_ratio_allows_round_the_focus():
    assert boxes.around((0.5, 0.5), (900, 600), "1:1").as_json() == {
        "x": 0.16667, "y": 0, "width": 0.66667, "height": 1,
    }  # fmt: skip
    assert boxes.around((1, 0.2), (900, 600), "1:1").x == pytest.approx(1 / 3)
    assert boxes.around((0.5, 0.1), (600, 900), "3:2").y == 0


@pytest.mark.parametrize("size", [(17, 9_000), (9_000, 17), (600, 600)])
@pytest.mark.parametrize("ratio", ["1:9999", "9999:1", "3:2"])
@pytest.mark.parametrize("focus", [(0, 0), (1, 1), (0.5, 0.5)])
def test_no_box_leaves_the_picture_or_is_empty(size, ratio, focus):
    left, top, right, bottom = boxes.around(focus, size, ratio).pixels(size)

    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]


@pytest.mark.parametrize("text", ["", "wide", "-1", "101", "nan", "inf", "1e9"])
def test_what_is_no_percentage_is_refused(text):
    with pytest.raises(LibraryError, match="in percent"):
        boxes.typed({"x": text, "y": "0", "width_share": "10"}, (900, 600), "1:1")


@pytest.mark.parametrize(("width", "height"), [("0", "10"), ("10", "0")])
def test_nothing_cannot_be_cut_out(width, height):
    with pytest.raises(LibraryError, match="cuts out nothing"):
        boxes.typed({"x": "0", "y": "0", "width_share": width, "height": height}, (900, 600))


def test_a_part_drawn_over_the_edge_is_pushed_back_in():
    box = boxes.typed({"x": "90", "y": "0", "width_share": "50"}, (900, 600), "1:1")

    assert (box.x, box.width) == (0.5, 0.5)


@pytest.mark.django_db
def test_a_picture_of_the_wanted_shape_is_not_cut(added, in_bluebird):
    image = added(photo(900, 600))

    assert services.fitted(image, "3:2").pk == image.pk


@pytest.mark.django_db
def test_the_same_part_is_cut_once(added, in_bluebird):
    image = added(photo(900, 600))

    assert services.fitted(image, "1:1").pk == services.fitted(image, "1:1").pk
    assert Image.objects.filter(cut_from=image).count() == 1


@pytest.mark.django_db
def test_a_part_shows_what_was_inside_its_box(added, in_bluebird, erin):
    part = services.cut(added(photo(900, 600)), Box(0, 0, 0.25, 0.25), by=erin)
    with default_storage.open(str(part.file.name)) as opened:
        picture = Pixels.open(io.BytesIO(opened.read()))

    assert picture.size == (225, 150)
    assert min(picture.convert("L").getextrema()) > 200


@pytest.mark.django_db
def test_parts_are_cut_from_what_was_uploaded_not_from_what_mails_show(added, in_bluebird, erin):
    image = added(photo(2_400, 1_600))
    part = services.cut(image, Box(0.5, 0.5, 0.5, 0.5), by=erin)

    assert image.width == 1_200
    assert part.width == 1_200


@pytest.mark.django_db
def test_parts_are_light_too(added, in_bluebird):
    assert services.fitted(added(noise(2_400, 1_600)), "1:1", width=1_200).weight <= MOST_WEIGHT


@pytest.mark.django_db
def test_a_part_of_a_film_moves(added, in_bluebird):
    part = services.fitted(added(film(), name="film.gif"), "1:1")

    assert part.animated
    assert part.width == part.height


@pytest.mark.django_db
def test_a_part_is_not_cut_again(added, in_bluebird, erin):
    part = services.fitted(added(photo(900, 600)), "1:1")

    with pytest.raises(LibraryError, match="Cut the whole picture"):
        services.cut(part, Box(0, 0, 0.5, 0.5), by=erin)


@pytest.mark.django_db
def test_numbers_alone_cut_it_on_the_page(client_of, alice, leith, added):
    image = added(photo(900, 600), group=leith)
    address = reverse("studio:image_cut", args=[image.pk])
    asked = client_of(alice).get(address, {"ratio": "1:1"}).content.decode()
    client_of(alice).post(address, {"ratio": "1:1", "x": "10", "y": "0", "width_share": "50"})

    assert 'name="width_share"' in asked
    with home(image):
        assert Image.objects.get(cut_from=image).box == {"x": 0.1, "y": 0.0, "width": 0.5, "height": 0.75}


@pytest.mark.django_db
def test_what_was_typed_wrong_stands_there_again(client_of, alice, leith, added):
    image = added(photo(900, 600), group=leith)
    answer = client_of(alice).post(
        reverse("studio:image_cut", args=[image.pk]),
        {"ratio": "1:1", "x": "wide", "y": "7", "width_share": "50"},
    )

    assert answer.status_code == 422
    assert 'value="wide"' in answer.content.decode()
