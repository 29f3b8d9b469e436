"""Whether a file is let in: decided from its header, before anything of it is decoded."""

from __future__ import annotations

import re
from pathlib import PurePath

from django.utils.translation import gettext as _

from library.errors import LibraryError
from library.gallery import headers
from library.gallery.headers import Header, Unreadable
from library.gallery.limits import (
    LEAST_SIDE,
    LONGEST_SIDE,
    MOST_BYTES,
    MOST_FRAMES,
    MOST_MOVING_PIXELS,
    MOST_PIXELS,
)

#: A name that ends in another way belongs to a file that is meant to be something else besides.
EXTENSIONS = {"", ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp"}
_SVG = re.compile(rb"<svg[\s>]|<!DOCTYPE svg", re.IGNORECASE)
#: How other kinds of file show themselves behind the end of a picture.
_STOWAWAYS = re.compile(
    rb"PK\x03\x04|PK\x05\x06|%PDF-|<\?php|<script|<html|<svg|Rar!|\x7fELF|MZ\x90\x00", re.IGNORECASE
)
_HEIC = re.compile(rb"....ftyp(heic|heix|mif1|hevc|avif)", re.DOTALL)
_BEGINNING = 4096


class RefusedPicture(LibraryError):
    """Says what is wrong with the file and what to do."""


def checked(content: bytes, name: str = "") -> Header:
    """What the file is. Raises RefusedPicture."""
    _weighed(len(content))
    try:
        header = headers.read(content, most_frames=MOST_FRAMES)
    except Unreadable:
        raise RefusedPicture(_unreadable(content)) from None
    if PurePath(name).suffix.lower() not in EXTENSIONS:
        raise RefusedPicture(
            _("The name ends in %(ending)s, which is no picture. Save it as PNG, JPEG or GIF.")
            % {"ending": PurePath(name).suffix[:12]}
        )
    if _STOWAWAYS.search(content, header.end):
        raise RefusedPicture(
            _("There is another file hidden behind the picture. Save the picture anew and upload that.")
        )
    _measured(header)
    _counted(header)
    return header


def _weighed(size: int) -> None:
    if not size:
        raise RefusedPicture(_("The file is empty."))
    if size > MOST_BYTES:
        raise RefusedPicture(too_heavy())


def too_heavy() -> str:
    return _("The file is larger than %(most)s MB. Save it smaller, 2,400 pixels wide is plenty.") % {
        "most": MOST_BYTES // 1024**2
    }


def _unreadable(content: bytes) -> str:
    start = content[:_BEGINNING]
    if _SVG.search(start):
        return _("SVG drawings cannot be sent: Gmail and Outlook do not show them. Save it as PNG.")
    if _HEIC.match(start):
        return _("HEIC and AVIF pictures cannot be sent. Save it as JPEG, or let the phone share it as JPEG.")
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")):
        return _("The picture is damaged or not complete. Save it anew and upload that.")
    return _("This is no picture that mails can show. Use PNG, JPEG, GIF or WebP.")


def _measured(header: Header) -> None:
    size = {"width": header.width, "height": header.height}
    if min(header.width, header.height) < LEAST_SIDE:
        raise RefusedPicture(_("The picture is %(width)s × %(height)s pixels, too small to be seen.") % size)
    most = MOST_PIXELS["progressive JPEG" if header.progressive else header.kind]
    if header.pixels > most or max(header.width, header.height) > LONGEST_SIDE:
        raise RefusedPicture(
            _("The picture is %(width)s × %(height)s pixels, more than can be taken in. "
              "Save it smaller, 2,400 pixels wide is plenty.") % size
        )  # fmt: skip


def _counted(header: Header) -> None:
    if header.moves and header.kind != "GIF":
        raise RefusedPicture(
            _("This picture moves, which only GIF does in mails. Save it as GIF, or as a still picture.")
        )
    if header.frames > MOST_FRAMES or (header.moves and header.frames * header.pixels > MOST_MOVING_PIXELS):
        raise RefusedPicture(
            _(
                "The animation is too long or too large: at most %(frames)s frames, and 400,000 pixels each if so many."
            )
            % {"frames": MOST_FRAMES}
        )
