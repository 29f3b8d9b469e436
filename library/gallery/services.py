"""What people do with pictures. Each is one transaction; who may is the caller's question (library.gallery.shelves)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from groups.models import Group
from library.errors import LibraryError
from library.gallery import boxes, rendering, storing
from library.gallery.boxes import Box
from library.gallery.checking import checked
from library.gallery.headers import Header
from library.gallery.limits import DENSITY, LARGEST_SIDE, MOST_BYTES, SHOWN_WIDTH
from library.gallery.rendering import Written
from library.gallery.shelves import usable_by
from library.models import Image

__all__ = [
    "Added",
    "add",
    "cut",
    "describe",
    "fitted",
    "put_back",
    "recall",
    "remove",
    "take_in",
    "usable_by",
]

_MARK = 8
_STEM = 60


@dataclass(frozen=True)
class Added:
    """A picture, and whether it was there before."""

    image: Image
    is_new: bool


def add(file: IO[bytes] | File[bytes], *, by: User, group: Group | None = None, **told: Any) -> Image:
    """Take a file into the gallery; one that is there already is found again. Raises LibraryError.

    `told`: folder, title, alt, decorative, licensed_until, licence_note.
    """
    return take_in(file, by=by, group=group, **told).image


@transaction.atomic
def take_in(file: IO[bytes] | File[bytes], *, by: User, group: Group | None = None, **told: Any) -> Added:
    """As `add`, and says whether the picture is new."""
    name, content = str(getattr(file, "name", "") or ""), file.read(MOST_BYTES + 1)
    header = checked(content, name)
    digest = storing.digest(content)
    if known := _known(digest, group):
        return Added(known, is_new=False)
    title = told.pop("title", "") or _title(name)
    image = Image(
        slug=_slug(title, f"{digest}:{group.pk if group else ''}"),
        title=title[:120],
        digest=digest,
        group=group,
        added_by=by,
        brand=by.brand,
        **told,
    )
    _fill(image, content, header)
    return _saved(image)


def _known(digest: str, group: Group | None) -> Image | None:
    """The same file on this shelf or the brand's. What other groups have nobody learns here."""
    rows = Image.objects.filter(Q(group=group) | Q(group=None), digest=digest)
    found: Image | None = rows.order_by("group_id").first()
    if found and found.recalled_at:
        raise LibraryError(
            _("This picture was recalled: %(reason)s")
            % {"reason": found.recall_reason or _("no reason was given")}
        )
    return found


def _title(name: str) -> str:
    """Words out of a file's name: “Summer_menu-2.JPG” is “Summer menu 2”."""
    stem = name.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    return " ".join("".join(char if char.isalnum() else " " for char in stem).split())


def _slug(title: str, mark: str) -> str:
    """Never tells what other groups have: the mark makes it unique, not a count."""
    return f"{slugify(title)[:_STEM].strip('-') or 'picture'}-{storing.digest(mark.encode())[:_MARK]}"


def _fill(image: Image, content: bytes, header: Header) -> None:
    """The file that mails show, and what crops are cut from."""
    if header.moves:
        _put(image, rendering.moving(content, SHOWN_WIDTH))
        return
    upright = rendering.still(content, header)
    written = rendering.light(upright, SHOWN_WIDTH * DENSITY, drawn=header.kind in {"PNG", "GIF"})
    _put(image, written)
    if upright.width > written.width:
        storing.keep_master(image, rendering.master(upright, written.extension), written.extension)


def _put(image: Image, written: Written) -> None:
    folder = f"{image.brand.slug}/images"
    image.file.name = storing.keep(folder, image.slug, written.content, written.extension)
    image.width, image.height = written.width, written.height
    image.weight, image.animated = len(written.content), written.animated


def _saved(image: Image) -> Added:
    """Somebody may have added the same at this moment: then theirs it is."""
    try:
        with transaction.atomic():
            image.save()
    except IntegrityError:
        return Added(Image.objects.get(slug=image.slug), is_new=False)
    return Added(image, is_new=True)


# Crops


def fitted(image: Image, ratio: str, *, width: int = SHOWN_WIDTH) -> Image:
    """The picture in this ratio (“3:2”): itself, or the part round its focus, cut now or before.

    `width`: CSS pixels at which it is shown; crops carry twice as many where the picture has them.
    """
    if not ratio or boxes.has_ratio(image.width, image.height, ratio):
        return image
    box = boxes.around((image.focal_x, image.focal_y), (image.width, image.height), ratio)
    return cut(image, box, by=None, width=width)


@transaction.atomic
def cut(
    image: Image, box: Box, *, by: User | None, group: Group | None = None, width: int = SHOWN_WIDTH
) -> Image:
    """The part of a picture as one of its own, with its words and licence; the same part is cut once.

    `group`: the shelf it goes to, where that is not the picture's. Raises LibraryError.
    """
    if image.cut_from is not None:
        raise LibraryError(_("This is a part of a picture already. Cut the whole picture instead."))
    pixels = min(width * DENSITY, LARGEST_SIDE)
    shelf = group or image.group
    mark = f"{image.pk}:{box.as_json()}:{pixels}:{shelf.pk if shelf else ''}"
    slug = f"{image.slug[: 79 - _MARK]}-{storing.digest(mark.encode())[:_MARK]}"
    if known := Image.objects.filter(slug=slug).first():
        return known
    crop = _crop_of(image, slug=slug, box=box.as_json(), group=shelf, added_by=by)
    _put(crop, _part(image, box, pixels))
    return _saved(crop).image


def _crop_of(image: Image, **values: Any) -> Image:
    shared = (
        "brand", "title", "alt", "decorative", "licensed_until", "licence_note", "recalled_at", "recall_reason",
    )  # fmt: skip
    return Image(cut_from=image, **{name: getattr(image, name) for name in shared}, **values)


def _part(image: Image, box: Box, width: int) -> Written:
    content = storing.source(image)
    header = checked(content)
    if header.moves:
        return rendering.moving(content, width, box)
    drawn = header.kind in {"PNG", "GIF"}
    return rendering.light(rendering.still(content, header), width, drawn=drawn, box=box)


# What is said of a picture


@transaction.atomic
def describe(image: Image, **values: Any) -> Image:
    """Change what is said of a picture: title, alt, decorative, folder, focal_x and _y, licensed_until, licence_note.

    Its crops follow, save where they have words of their own. Address and slug stay, whatever it is called.
    """
    before = {name: getattr(Image.objects.get(pk=image.pk), name) for name in ("alt", "decorative")}
    for name, value in values.items():
        setattr(image, name, value)
    image.save(update_fields=values)
    crops = Image.objects.filter(cut_from=image)
    crops.update(licensed_until=image.licensed_until, licence_note=image.licence_note, title=image.title)
    crops.filter(**before).update(alt=image.alt, decorative=image.decorative)
    return image


@transaction.atomic
def recall(image: Image, *, because: str, by: User) -> None:
    """Nothing new may use it or its crops. What is sent cannot be called back; pre-flight stops what is not."""
    if not because:
        raise LibraryError(_("Say why, for those who have used it."))
    _mark_recalled(image, recalled_at=timezone.now(), recall_reason=because)
    audit.record(Action.IMAGE_RECALLED, by=by, target=image.slug, note=because)


@transaction.atomic
def put_back(image: Image, *, by: User) -> None:
    """It may be used again."""
    _mark_recalled(image, recalled_at=None, recall_reason="")
    audit.record(
        Action.IMAGE_RECALLED, by=by, target=image.slug, note=str(_("Put back: it may be used again."))
    )


def _mark_recalled(image: Image, **values: Any) -> None:
    Image.objects.filter(Q(pk=image.pk) | Q(cut_from=image)).update(**values)
    image.refresh_from_db()


@transaction.atomic
def remove(image: Image) -> None:
    """Take a picture that nothing uses out of the gallery. Its file stays: an address that was given away goes on showing it."""
    image.delete()
