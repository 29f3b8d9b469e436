"""Every picture is there, described, as large as it says, and light."""

from __future__ import annotations

import pytest
from PIL import Image

from library.starter import catalogue
from library.starter.artwork import build, marks

BRANDS = catalogue.brands()
ALL = {image.slug: image for brand in BRANDS for image in catalogue.images(brand)}
DRAWINGS = {**build.PICTURES, **marks.MARKS}
MOST_BYTES = 120 * 1024  # PF25 warns at 200 KB

each_image = pytest.mark.parametrize("slug", ALL)


@each_image
def test_the_file_is_what_the_list_says(slug):
    image = ALL[slug]
    assert image.path.stat().st_size < MOST_BYTES
    with Image.open(image.path) as opened:
        assert opened.size == (image.width, image.height)


@each_image
def test_the_picture_is_described_in_words_not_by_its_file(slug):
    image = ALL[slug]
    assert len(image.alt.split()) >= (2 if image.use == "mark" else 5)
    assert len(image.alt) <= 125
    assert "." not in image.alt


@each_image
def test_the_source_beside_it_is_what_the_script_draws(slug):
    source = (catalogue.HERE / "artwork" / f"{slug}.svg").read_text(encoding="utf-8")
    assert source == DRAWINGS[slug]() + "\n"


def test_no_file_lies_about_unlisted():
    files = {path.name for path in (catalogue.HERE / "images").iterdir()}
    assert files == {image.file for image in ALL.values()}


@pytest.mark.parametrize("brand", BRANDS)
def test_a_brand_has_a_gallery_to_choose_from_and_its_marks(brand):
    own = {image.slug: image for image in catalogue.images(brand)}
    pictures = [image for image in own.values() if image.use == "picture"]
    starter = BRANDS[brand]
    assert len(pictures) >= 8
    assert all(
        own[slug].use == "mark"
        for slug in (starter.logo, starter.logo_on_light, starter.logo_on_dark, starter.favicon)
    )
