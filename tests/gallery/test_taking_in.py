"""What becomes of a picture that is taken in: upright, light, bare of all that is not pixels, and never twice."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Pixels

from library.errors import LibraryError
from library.gallery import services, storing
from library.gallery.limits import MOST_WEIGHT
from library.models import Image
from tests.gallery.conftest import file, film, noise, photo

pytestmark = pytest.mark.django_db
GPS, ORIENTATION, COPYRIGHT = 0x8825, 0x0112, 0x8298


def bytes_of(image: Image) -> bytes:
    with default_storage.open(str(image.file.name)) as opened:
        content: bytes = opened.read()
    return content


def stored(image: Image) -> Any:
    return Pixels.open(io.BytesIO(bytes_of(image)))


def test_it_is_made_light_enough_for_a_mailbox(added):
    image = added(noise(2_600, 1_700, quality=95))

    assert image.weight <= MOST_WEIGHT
    assert image.weight == len(bytes_of(image))
    assert stored(image).size == (image.width, image.height)


def test_it_carries_two_pixels_for_each_point_of_the_widest_field(added):
    assert added(photo(3_000, 2_000)).width == 1_200
    assert added(photo(500, 400)).width == 500


def test_nothing_but_pixels_is_kept(added):
    exif = Pixels.Exif()
    exif[COPYRIGHT] = "canary-copyright"
    exif.get_ifd(GPS)[1] = "N"
    content = photo(exif=exif.tobytes(), comment=b"canary-comment", icc_profile=b"canary-profile")

    image = added(content)

    whole = [bytes_of(image), storing.source(image)]
    assert b"canary-copyright" in content
    assert not [each for each in whole if b"canary" in each or b"Exif" in each]


def test_what_the_camera_calls_up_is_up(added):
    exif = Pixels.Exif()
    exif[ORIENTATION] = 6  # its right side is up
    picture = stored(added(photo(800, 400, exif=exif.tobytes())))

    assert picture.size == (400, 800)
    assert min(picture.getpixel((380, 20))) > 200  # the white mark was in the upper left


@pytest.mark.parametrize(
    ("kind", "becomes"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "jpg"), ("GIF", "png")]
)
def test_every_kind_becomes_one_that_mails_show(added, kind, becomes):
    assert added(photo(kind=kind)).file.name.endswith(f".{becomes}")


def test_what_is_see_through_stays_so(added):
    kept = io.BytesIO()
    Pixels.new("RGBA", (300, 200), (200, 30, 30, 100)).save(kept, "WEBP", lossless=True)

    picture = stored(added(kept.getvalue(), name="badge.webp"))

    assert (picture.format, picture.mode) == ("PNG", "RGBA")
    assert picture.getpixel((5, 5))[3] == 100


def test_a_film_stays_a_film(added):
    image = added(film(frames=3), name="film.gif")

    assert image.animated
    assert stored(image).n_frames == 3
    assert stored(image).info["duration"] == 80


def test_a_film_that_cannot_be_made_light_is_refused(added):
    frames = [Pixels.effect_noise((500, 400), 90) for _ in range(20)]
    kept = io.BytesIO()
    frames[0].save(kept, "GIF", save_all=True, append_images=frames[1:])

    with pytest.raises(LibraryError, match="stays heavier than 200 KB"):
        added(kept.getvalue(), name="noise.gif")


def test_the_same_file_is_found_again(added, in_bluebird, erin):
    first = added(photo(), name="one.jpg")

    again = services.take_in(file(photo(), "other name.jpg"), by=erin)

    assert (again.image.pk, again.is_new) == (first.pk, False)


def test_what_the_next_group_has_is_no_matter_of_this_one(added, leith, portobello):
    theirs, ours = added(group=portobello), added(group=leith)

    assert theirs.pk != ours.pk
    assert theirs.slug != ours.slug


def test_a_recalled_file_does_not_come_back_by_another_upload(added, in_bluebird, erin):
    services.recall(added(), because="The model withdrew", by=erin)

    with pytest.raises(LibraryError, match="The model withdrew"):
        services.add(file(photo()), by=erin)


def test_its_name_on_disk_says_what_it_holds_and_never_changes(added, in_bluebird):
    image = added(name="Summer menu.jpg")
    mark = storing.digest(bytes_of(image))[:12]

    renamed = services.describe(image, title="Winter menu")

    assert image.title == "Winter menu"
    assert image.file.name == f"bluebird/images/{image.slug}-{mark}.jpg"
    assert (renamed.slug, renamed.file.name) == (image.slug, image.file.name)


def test_anybody_may_fetch_it_and_caches_may_keep_it(added, client):
    image = added()

    answer = client.get(image.file.url, headers={"host": "bluebird.localhost"})

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert set(answer["Cache-Control"].split(", ")) == {"max-age=31536000", "public", "immutable"}


def test_names_out_of_files_are_words(added):
    assert added(name="C:\\fakepath\\Summer_menu-2.JPG").title == "Summer menu 2"
    assert added(photo(colour="red"), name="../../etc/passwd.png").slug.startswith("passwd-")


def test_pictures_that_brands_start_with_go_on_working(house, in_bluebird, settings):
    from library import installing

    installing.install_common(house.brand)
    for image in list(Image.objects.all()):
        assert services.fitted(image, "1:1").width == services.fitted(image, "1:1").height
    assert Image.objects.filter(cut_from__isnull=False).exists()
