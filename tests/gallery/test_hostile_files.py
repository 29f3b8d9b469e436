"""Files made to do harm, or just broken: refused in words, before they cost anything."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image as Pixels

from library.gallery.checking import RefusedPicture, checked
from library.gallery.rendering import still
from tests.gallery.conftest import film, noise, photo

ROOT = Path(__file__).resolve().parents[2]
MOST_GROWTH = 150 * 1024**2


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def one_bit_png(side: int) -> bytes:
    """Black, and very small for its size: 12,000 by 12,000 pixels in 17 KB."""
    rows = zlib.compress(bytes((side + 7) // 8 + 1) * side, 9)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def long_gif(frames: int) -> bytes:
    frame = b"\x2c\0\0\0\0\x20\0\x20\0\0\x02\x02\x4c\x01\0"
    return b"GIF89a\x20\0\x20\0\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";"


def test_a_small_file_of_many_pixels_is_refused():
    bomb = one_bit_png(12_000)
    assert len(bomb) < 20_000

    with pytest.raises(RefusedPicture, match="12000 × 12000 pixels"):
        checked(bomb, "bomb.png")


def test_a_film_of_twenty_thousand_frames_is_refused():
    with pytest.raises(RefusedPicture, match="at most 150 frames"):
        checked(long_gif(20_000), "film.gif")


def test_frames_that_are_large_together_are_refused():
    with pytest.raises(RefusedPicture, match="animation is too long or too large"):
        checked(film(frames=70, width=1_000, height=1_000), "film.gif")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.97])
def test_half_a_file_is_refused(kind, kept):
    whole = photo(300, 200, kind=kind)

    with pytest.raises(RefusedPicture, match="damaged or not complete"):
        checked(whole[: int(len(whole) * kept)], "half")


def test_a_file_whose_inside_is_damaged_is_refused():
    content = bytearray(photo(300, 200, kind="PNG"))
    content[60:80] = bytes(20)

    with pytest.raises(RefusedPicture, match="damaged"):
        still(bytes(content), checked(bytes(content), "odd.png"))


@pytest.mark.parametrize(
    "stowaway",
    [
        b"PK\x03\x04rest of a zip",
        b"<script>alert(1)</script>",
        b"%PDF-1.7",
        b"<?php system('ls');",
        b"<svg onload=1>",
    ],
)
def test_a_second_file_behind_the_picture_is_refused(stowaway):
    with pytest.raises(RefusedPicture, match="another file hidden"):
        checked(photo() + stowaway, "both.jpg")


@pytest.mark.parametrize(
    "start", [b"<svg xmlns='http://www.w3.org/2000/svg'>", b"<?xml version='1.0'?>\n<svg >"]
)
def test_a_drawing_is_refused_and_told_why(start):
    with pytest.raises(RefusedPicture, match="SVG drawings cannot be sent"):
        checked(start + b"<script>alert(1)</script></svg>", "logo.png")


@pytest.mark.parametrize("name", ["page.html", "run.exe", "logo.svg", "photo.jpg.php"])
def test_a_picture_under_the_name_of_something_else_is_refused(name):
    with pytest.raises(RefusedPicture, match="which is no picture"):
        checked(photo(), name)


def test_what_a_file_is_decides_its_content_and_not_its_name():
    assert checked(photo(kind="PNG"), "photo.jpg").kind == "PNG"


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"hello", b"RIFF\0\0\0\0WEBP"]
)
def test_what_is_no_picture_is_refused_in_words(content):
    with pytest.raises(RefusedPicture) as refusal:
        checked(content, "x")
    assert str(refusal.value)


def test_moving_webp_is_refused():
    frames, path = [Pixels.new("RGB", (40, 40), colour) for colour in ("red", "blue")], io.BytesIO()
    frames[0].save(path, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(RefusedPicture, match="only GIF does"):
        checked(path.getvalue(), "moving.webp")


def test_more_bytes_than_allowed_are_refused():
    with pytest.raises(RefusedPicture, match="larger than 10 MB"):
        checked(photo() + bytes(10 * 1024**2), "heavy.jpg")


def test_a_line_is_no_picture():
    with pytest.raises(RefusedPicture, match="too small to be seen"):
        checked(photo(900, 8), "line.jpg")


GROWTH = """
import json, resource, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from library.errors import LibraryError
from library.gallery import rendering
from library.gallery.checking import checked
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
from PIL import Image
Image.init()
before, told = peak(), {}
for name in sys.argv[1:]:
    content = open(name, "rb").read()
    try:
        header = checked(content, name)
        if header.moves:
            rendering.moving(content, 600)
        else:
            upright = rendering.still(content, header)
            written = rendering.light(upright, 1200, drawn=header.kind == "PNG")
            rendering.master(upright, written.extension)
        told[name] = "taken"
    except LibraryError as error:
        told[name] = str(error)
print(json.dumps({"growth": peak() - before, "told": told}))
"""


def test_memory_stays_small_whatever_comes(tmp_path):
    """Bombs are refused; the largest that is let in of each kind costs less than 150 MB, one after the other."""
    files = {
        "bomb.png": one_bit_png(12_000),
        "nearly.png": one_bit_png(4_000),
        "photo.jpg": photo(8_160, 6_120, kind="JPEG"),
        "slow.jpg": photo(4_000, 4_000, kind="JPEG", progressive=True, subsampling=0),
        "wide.webp": photo(3_400, 2_350, kind="WEBP"),
        "noise.jpg": noise(2_600, 1_700, kind="JPEG", quality=95),
        "long.gif": long_gif(20_000),
        "film.gif": film(frames=100, width=700, height=500),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    done = subprocess.run(
        [sys.executable, "-c", GROWTH, *files], cwd=tmp_path, check=True, capture_output=True, text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    report = json.loads(done.stdout)

    assert {name for name, told in report["told"].items() if told == "taken"} == set(files) - {
        "bomb.png",
        "long.gif",
    }
    assert report["growth"] < MOST_GROWTH
