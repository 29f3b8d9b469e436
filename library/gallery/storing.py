"""Where pictures lie. A name carries a hash of the bytes, so what an address shows never changes."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from library.models import Image


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(folder: str, slug: str, content: bytes, extension: str) -> str:
    """The stored file's name: the same bytes under the same slug are stored once."""
    return _kept(f"{folder}/{slug}-{digest(content)[:12]}.{extension}", content)


def keep_master(image: Image, content: bytes, extension: str) -> None:
    """What crops of the picture are cut from, found again by what was uploaded."""
    _kept(_master_name(image, extension), content)


def source(image: Image) -> bytes:
    """The best there is of the picture: what was uploaded, cleaned; else the file that mails show."""
    shown = str(image.file.name)
    name = _master_name(image, shown.rpartition(".")[2])
    if not (image.digest and default_storage.exists(name)):
        name = shown
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def _master_name(image: Image, extension: str) -> str:
    return f"{image.brand.slug}/masters/{image.digest}.{extension}"


def _kept(name: str, content: bytes) -> str:
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))
