"""From a checked file to a picture fit for mail: decoded, turned upright, shrunk, and written anew without anything else.

Nothing of the file passes through but its pixels: no EXIF, no comments, no profiles, no bytes before or behind.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image as Pixels
from PIL import ImageCms

from library.gallery.boxes import WHOLE, Box
from library.gallery.checking import RefusedPicture
from library.gallery.headers import Header
from library.gallery.limits import LARGEST_SIDE, MOST_FRAMES, MOST_WEIGHT

Frame = Pixels.Image

_FORMATS: Final = {"PNG": "PNG", "JPEG": "JPEG", "GIF": "GIF", "WebP": "WEBP"}
#: What a damaged file makes Pillow raise.
_DAMAGED: Final = (OSError, SyntaxError, ValueError, EOFError, Pixels.DecompressionBombError)
_QUALITIES: Final = (86, 80, 74, 68, 60)
_COLOURS: Final = (256, 128, 64)
#: How much narrower each further attempt is, when nothing else makes a picture light enough.
_NARROWER: Final = 0.85
_MOVING_WIDTHS: Final = (600, 480, 400, 320, 240)
_MASTER_QUALITY: Final = 92
#: Milliseconds; what says less is shown by all mail programs as a tenth of a second.
_SHORTEST_FRAME: Final = 20
_USUAL_FRAME: Final = 100


@dataclass(frozen=True)
class Written:
    """A file's bytes, and what is in them."""

    content: bytes
    extension: str
    width: int
    height: int
    animated: bool = False


def still(content: bytes, header: Header) -> Frame:
    """The picture upright and in sRGB, its longer side at most LARGEST_SIDE. Raises RefusedPicture."""
    try:
        with Pixels.open(io.BytesIO(content), formats=[_FORMATS[header.kind]]) as opened:
            opened.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            opened.load()
            return _upright(opened)
    except _DAMAGED:
        raise _damaged() from None


def _damaged() -> RefusedPicture:
    return RefusedPicture(_("The picture is damaged or not complete. Save it anew and upload that."))


def _upright(opened: Frame) -> Frame:
    """Shrunk before anything is copied: the whole picture is in memory once."""
    orientation, profile = opened.getexif().get(_ORIENTATION), opened.info.get("icc_profile")
    plain: Frame = _true_colours(opened)
    plain.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Pixels.Resampling.LANCZOS, reducing_gap=2.0)
    plain = _as_srgb(plain, profile)
    plain.info = {}  # Pillow would write comments and profiles again that it finds here
    return plain.transpose(_TURNS[orientation]) if orientation in _TURNS else plain


_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Pixels.Transpose.FLIP_LEFT_RIGHT,
    3: Pixels.Transpose.ROTATE_180,
    4: Pixels.Transpose.FLIP_TOP_BOTTOM,
    5: Pixels.Transpose.TRANSPOSE,
    6: Pixels.Transpose.ROTATE_270,
    7: Pixels.Transpose.TRANSVERSE,
    8: Pixels.Transpose.ROTATE_90,
}


def _true_colours(picture: Frame) -> Frame:
    if picture.mode in {"RGBA", "CMYK"} or (picture.mode == "RGB" and not picture.has_transparency_data):
        return picture
    if picture.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off instead of scaling
        return picture.point(lambda level: level / 256).convert("L").convert("RGB")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _as_srgb(picture: Frame, profile: bytes | None) -> Frame:
    """As it looks with its profile, which does not come along. A profile that cannot be read is none."""
    if not profile:
        return picture if picture.mode != "CMYK" else picture.convert("RGB")
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        turned = None
    return turned or picture.convert("RGBA" if picture.mode == "RGBA" else "RGB")


# Still pictures


def is_see_through(picture: Frame) -> bool:
    lowest = picture.getextrema()[-1][0] if picture.mode == "RGBA" else 255  # type: ignore[index]  # a pair for each band
    return bool(lowest < 255)  # noqa: PLR2004 - a byte


def master(picture: Frame, extension: str) -> bytes:
    """What crops are cut from later: as large as it came, up to LARGEST_SIDE."""
    return _jpeg(picture, _MASTER_QUALITY) if extension == "jpg" else _png(picture)


def light(picture: Frame, width: int, *, drawn: bool, box: Box = WHOLE) -> Written:
    """The part of it in the box, at most this many pixels wide and MOST_WEIGHT heavy, as good as that allows.

    `drawn`: better kept as PNG, where that is light enough; what is see-through always is.
    """
    part = picture.crop(box.pixels(picture.size))
    see_through = is_see_through(part)
    while True:
        sized = _narrowed(part, width)
        found = _lightest_png(sized, exact=not see_through) if drawn or see_through else None
        if found is None and not see_through:
            found = _light_jpeg(sized.convert("RGB"))
        if found is not None:
            extension = "png" if found.startswith(b"\x89PNG") else "jpg"
            return Written(found, extension, *sized.size)
        width = int(sized.width * _NARROWER)


def _narrowed(picture: Frame, width: int) -> Frame:
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Pixels.Resampling.LANCZOS, reducing_gap=3.0)


def _light_jpeg(picture: Frame) -> bytes | None:
    written = (_jpeg(picture, quality) for quality in _QUALITIES)
    return next((content for content in written if len(content) <= MOST_WEIGHT), None)


def _jpeg(picture: Frame, quality: int) -> bytes:
    kept = io.BytesIO()
    picture.convert("RGB").save(kept, "JPEG", quality=quality, optimize=True, progressive=True)
    return kept.getvalue()


def _lightest_png(picture: Frame, *, exact: bool) -> bytes | None:
    """All its colours if they are light enough; fewer of them only where a JPEG cannot take their place."""
    content = _png(picture)
    if len(content) <= MOST_WEIGHT:
        return content
    written = (_png(_with_colours(picture, count)) for count in _COLOURS)
    return None if exact else next((each for each in written if len(each) <= MOST_WEIGHT), None)


def _with_colours(picture: Frame, count: int) -> Frame:
    return picture.quantize(count, method=Pixels.Quantize.FASTOCTREE, dither=Pixels.Dither.FLOYDSTEINBERG)


def _png(picture: Frame) -> bytes:
    kept = io.BytesIO()
    bare = picture.convert("RGB") if picture.mode == "RGBA" and not is_see_through(picture) else picture
    bare.save(kept, "PNG", optimize=True)
    return kept.getvalue()


# Moving pictures


def moving(content: bytes, width: int, box: Box = WHOLE) -> Written:
    """The animation with all its frames, as wide as its weight allows. Raises RefusedPicture."""
    for narrower in sorted({min(width, each) for each in _MOVING_WIDTHS}, reverse=True):
        try:
            written = _moving(content, narrower, box)
        except _DAMAGED:
            raise _damaged() from None
        if len(written.content) <= MOST_WEIGHT:
            return written
    raise RefusedPicture(
        _(
            "The animation stays heavier than %(most)s KB even when it is small. Shorten it, or use fewer colours."
        )
        % {"most": MOST_WEIGHT // 1024}
    )


def _moving(content: bytes, width: int, box: Box) -> Written:
    with Pixels.open(io.BytesIO(content), formats=["GIF"]) as opened:
        told = {"loop": opened.info["loop"]} if "loop" in opened.info else {}
        frames, durations = zip(*_frames(opened, width, box), strict=True)
    kept = io.BytesIO()
    frames[0].save(
        kept, "GIF", save_all=True, append_images=frames[1:], duration=durations, optimize=True, disposal=1, **told
    )  # fmt: skip
    width, height = frames[0].size
    return Written(kept.getvalue(), "gif", width, height, animated=True)


def _frames(opened: Frame, width: int, box: Box) -> Iterator[tuple[Frame, int]]:
    """Each frame as it is seen, small already, with the milliseconds it stands."""
    for number in range(MOST_FRAMES):
        try:
            opened.seek(number)
        except EOFError:
            return
        seen = opened.convert("RGBA")
        part = _narrowed(seen.crop(box.pixels(seen.size)), width)
        ground = Pixels.new("RGB", part.size, "white")
        ground.paste(part, mask=part.getchannel("A"))
        told = int(opened.info.get("duration", 0))
        yield ground.quantize(128), told if told >= _SHORTEST_FRAME else _USUAL_FRAME
