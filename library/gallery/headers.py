"""What a file says about itself, read without decoding one pixel of it. Its name and its declared type are not believed."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["PNG", "JPEG", "GIF", "WebP"]
#: A size, in pixels.
Size = tuple[int, int]


class Unreadable(Exception):
    """Not a picture of these kinds, or not a whole one."""


@dataclass(frozen=True)
class Header:
    """`end`: where the picture ends in the file; what follows is something else."""

    kind: Kind
    width: int
    height: int
    end: int
    frames: int = 1
    progressive: bool = False

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def moves(self) -> bool:
        return self.frames > 1


def read(content: bytes, *, most_frames: int) -> Header:
    """Raises Unreadable. Frames are counted up to one more than asked."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content.startswith((b"GIF87a", b"GIF89a")):
            return _gif(content, most_frames)
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError):
        raise Unreadable from None
    raise Unreadable


# PNG: https://www.w3.org/TR/png-3/#5DataRep


def _png(content: bytes) -> Header:
    name, start, _length = next(_chunks(content), (b"", 0, 0))
    if name != b"IHDR":
        raise Unreadable
    width, height = struct.unpack_from(">II", content, start)
    frames = 1
    for name, start, length in _chunks(content):
        if name == b"acTL":
            frames = struct.unpack_from(">I", content, start)[0]
        if name == b"IEND":
            return Header("PNG", width, height, start + length + 4, frames)
    raise Unreadable


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and length of each chunk's data."""
    at = 8
    while at < len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        if at + 12 + length > len(content):
            raise Unreadable
        yield name, at + 8, length
        at += 12 + length


# JPEG: ITU-T T.81, annex B

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_FRAME_MARKERS = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_SCAN, _END = 0xDA, 0xD9


def _jpeg(content: bytes) -> Header:
    size, progressive, at = None, False, 2
    while found := _NEXT_MARKER.search(content, at):
        marker, at = content[found.start() + 1], found.end()
        if marker == _END and size:
            return Header("JPEG", *size, at, progressive=progressive)
        length = struct.unpack_from(">H", content, at)[0]
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack_from(">HH", content, at + 3)
            size, progressive = (width, height), marker in _PROGRESSIVE
        at += length  # after a scan's header the search passes over its data
    raise Unreadable


# GIF: https://www.w3.org/Graphics/GIF/spec-gif89a.txt

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B


def _gif(content: bytes, most_frames: int) -> Header:
    width, height, flags = struct.unpack_from("<HHB", content, 6)
    at, frames = 13 + _table(flags), 0
    while frames <= most_frames:
        block, at = content[at], at + 1
        if block == _TRAILER:
            break
        if block == _IMAGE:
            frames += 1
            at = _past_blocks(content, at + 9 + _table(content[at + 8]) + 1)
        elif block == _EXTENSION:
            at = _past_blocks(content, at + 1)
        else:
            raise Unreadable
    if not frames:
        raise Unreadable
    return Header("GIF", width, height, at, frames)


def _table(flags: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _past_blocks(content: bytes, at: int) -> int:
    while length := content[at]:
        at += 1 + length
    return at + 1


# WebP: RFC 9649


def _webp(content: bytes) -> Header:
    end = 8 + struct.unpack_from("<I", content, 4)[0]
    if end > len(content):
        raise Unreadable
    form = content[12:16]
    if form == b"VP8X":
        width, height = (1 + int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
        return Header("WebP", width, height, end, 2 if content[20] & 0x02 else 1)
    if form == b"VP8L":
        bits = struct.unpack_from("<I", content, 21)[0]
        return Header("WebP", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), end)
    if form == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return Header("WebP", width & 0x3FFF, height & 0x3FFF, end)
    raise Unreadable
