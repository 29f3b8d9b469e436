"""What a picture's own pixels tell: whether a logo lets the ground through, and how an animation moves."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models.fields.files import FieldFile
from PIL import Image as Pixels
from PIL import ImageSequence, ImageStat, UnidentifiedImageError

from library.preflight.rules.subject import Logo, Motion

if TYPE_CHECKING:
    from branding.models import Theme
    from library.models import Image

#: Files never change under their name, so neither does what was seen in them.
_KEPT_SECONDS = 30 * 24 * 3600
#: Long enough to tell how it flickers; more would be an attack.
_MOST_FRAMES = 300
#: A change of a tenth of the range of brightness is what WCAG 2.2 calls a flash (half of a pair).
_FLASH = 255 / 10
_SEEN = 128


def logo(theme: Theme | None) -> Logo | None:
    """None where there is no logo, or none that can be read."""
    if theme is None or not theme.logo:
        return None
    known = cache.get_or_set(f"preflight:logo:{theme.logo.name}", lambda: _logo(theme.logo), _KEPT_SECONDS)
    return Logo(*known) if known else None


def motion(image: Image) -> Motion | None:
    """How it moves; None for a picture that stands still."""
    if not image.animated:
        return None
    known = cache.get_or_set(
        f"preflight:motion:{image.file.name}", lambda: _motion(image.file), _KEPT_SECONDS
    )
    return Motion(*known) if known else None


def _logo(file: FieldFile) -> tuple[bool, str] | None:
    try:
        with file.open("rb") as stream, Pixels.open(stream) as picture:
            picture.thumbnail((128, 128))
            pixels = picture.convert("RGBA")
    except (OSError, UnidentifiedImageError):
        return None
    drawn = pixels.getchannel("A").point(lambda alpha: 255 if alpha >= _SEEN else 0)
    red, green, blue = (round(value) for value in ImageStat.Stat(pixels.convert("RGB"), drawn).mean)
    return drawn.getextrema()[0] == 0, f"#{red:02x}{green:02x}{blue:02x}"


def _motion(file: FieldFile) -> tuple[float, bool, int] | None:
    try:
        with file.open("rb") as stream, Pixels.open(stream) as picture:
            endless = picture.info.get("loop", 1) == 0
            frames = [
                (frame.info.get("duration", 100) / 1000, ImageStat.Stat(frame.convert("L")).mean[0])
                for _number, frame in zip(range(_MOST_FRAMES), ImageSequence.Iterator(picture), strict=False)
            ]
    except (OSError, UnidentifiedImageError):
        return None
    return sum(seconds for seconds, _light in frames), endless, _flashes(frames)


def _flashes(frames: list[tuple[float, float]]) -> int:
    """Most flashes in any second: pairs of opposite changes of brightness."""
    clock, changes = 0.0, []
    for (seconds, light), (_seconds, following) in pairwise(frames):
        clock += seconds
        if abs(following - light) >= _FLASH:
            changes.append(clock)
    return max(
        (sum(1 for other in changes if start <= other < start + 1) // 2 for start in changes), default=0
    )
