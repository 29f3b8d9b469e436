"""Draw every picture again: ``python -m library.starter.artwork.build [name …]``.

Writes the SVG sources beside this file and what e-mails use to ``images/``. Needs a Chromium and Pillow.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from . import bluebird, brightwater, marks, shared

HERE = Path(__file__).parent
IMAGES = HERE.parent / "images"
#: Side of a favicon, and height of a logo as drawn.
SQUARE = 160
PICTURES = {**bluebird.PICTURES, **brightwater.PICTURES, **shared.PICTURES}
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--default-background-color=00000000",
)


def main(names: list[str]) -> None:
    for name, draw in {**PICTURES, **marks.MARKS}.items():
        if names and name not in names:
            continue
        source = HERE / f"{name}.svg"
        source.write_text(draw() + "\n", encoding="utf-8")
        size = save_picture(source) if name in PICTURES else save_mark(source)
        sys.stdout.write(f"{name}: {size / 1024:.0f} KB\n")


def save_picture(source: Path) -> int:
    """1200 x 800 (shown at 600 at most), as JPEG with full colour resolution: flat edges stay clean."""
    target = IMAGES / f"{source.stem}.jpg"
    painted = paint(source, 1200, 800, scale=1).convert("RGB")
    painted.save(target, quality=86, subsampling=0, optimize=True, progressive=True)
    return target.stat().st_size


def save_mark(source: Path) -> int:
    """Twice the shown size, transparent: logos 480 x 120, favicons 160 x 160."""
    width = SQUARE if "favicon" in source.stem else 640
    painted = paint(source, width, 160, scale=2)
    shown = (160, 160) if width == SQUARE else (480, 120)
    target = IMAGES / f"{source.stem}.png"
    painted.resize(shown, Image.Resampling.LANCZOS).save(target, optimize=True)
    return target.stat().st_size


def paint(source: Path, width: int, height: int, *, scale: int) -> Image.Image:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        raise SystemExit("Pictures are painted by Chromium: install it, or name it in the variable CHROMIUM.")
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        page.write_text(
            f'<body style="margin:0">{source.read_text(encoding="utf-8")}</body>', encoding="utf-8"
        )
        subprocess.run(  # noqa: S603 - our own browser, our own page
            [
                chromium,
                *FLAGS,
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{height}",
                f"--force-device-scale-factor={scale}",
                f"--screenshot={shot}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return Image.open(shot).convert("RGBA").copy()


if __name__ == "__main__":
    main(sys.argv[1:])
