"""Photographs all modules and templates as a mail program would show them, on one sheet each.

``bin/mail-pictures FOLDER [name …]`` writes module-<slug>.jpg and template-<slug>.jpg: for each brand a row with the
mail in light, in dark, on a phone, without pictures, in Arabic, and with long German words. Needs a Chromium, which
CHROMIUM names if it should not be looked for.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Route, sync_playwright

from braze_client import liquid
from library.engine import TemplateSpec, extremes, render
from library.starter import catalogue, samples

DESKTOP, PHONE = 640, 375
#: Of the pictures on the sheet, and of the air around them.
SCALE, GAP, CAPTION = 0.5, 16, 28
GROUND, INK = "#dfe4e6", "#22292c"
QUALITY = 70
#: Of both brands, for pictures that a template leaves to local people.
PICTURE = "long-table"
_READER = liquid.Person(attributes={"first_name": "Alex"})
_LINKS = liquid.Links(unsubscribe="#", one_click_unsubscribe="#")


@dataclass(frozen=True)
class View:
    """One way in which somebody sees the mail; `extreme` names values of engine.extremes."""

    title: str
    width: int = DESKTOP
    scheme: Literal["light", "dark"] = "light"
    pictures: bool = True
    language: str = "en"
    extreme: str = ""


VIEWS = (
    View("Light"),
    View("Dark", scheme="dark"),
    View("Phone", width=PHONE),
    View("Without pictures", pictures=False),
    View("Arabic", language="ar", extreme="arabic"),
    View("Long German words, phone", width=PHONE, language="de", extreme="german"),
)


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for name, rows in _sheets():
            if not names or name in names or name.split("-", maxsplit=1)[1] in names:
                sheet = _sheet([(brand, _taken(browser, brand, spec)) for brand, spec in rows])
                sheet.save(folder / f"{name}.jpg", quality=QUALITY, optimize=True)
                sys.stdout.write(f"{name}\n")
        browser.close()


def _sheets() -> Iterator[tuple[str, list[tuple[str, TemplateSpec]]]]:
    """By the file's name: the brands on the sheet, and what each of them shows."""
    for slug in catalogue.modules():
        yield f"module-{slug}", [(brand, samples.one_module(slug, brand)) for brand in catalogue.brands()]
    for slug, spec in catalogue.templates().items():
        yield f"template-{slug}", [(brand, spec) for brand in spec.brands]


def html(spec: TemplateSpec, brand: str, view: View) -> str:
    """The mail as its reader Alex gets it."""
    day = datetime.now(UTC).date() + timedelta(days=18)
    values: Mapping[str, Any] | None = extremes(spec, picture=PICTURE)[view.extreme] if view.extreme else None
    mail = render(spec, samples.dated(spec, day, values), samples.context(brand, view.language))
    return liquid.render(mail.html, _READER, links=_LINKS)


def _taken(browser: Browser, brand: str, spec: TemplateSpec) -> list[Image.Image]:
    return [_photograph(browser, html(spec, brand, view), view) for view in VIEWS]


def _photograph(browser: Browser, source: str, view: View) -> Image.Image:
    context = browser.new_context(
        viewport={"width": view.width, "height": 200}, color_scheme=view.scheme, java_script_enabled=False
    )
    page = context.new_page()
    page.route("**/*", _serve if view.pictures else lambda route: route.abort())
    page.set_content(source, wait_until="load")
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    context.close()
    size = (round(view.width * SCALE), round(taken.height * view.width * SCALE / taken.width))
    return taken.resize(size, Image.Resampling.LANCZOS)


def _serve(route: Route) -> None:
    file = catalogue.HERE / "images" / route.request.url.rsplit("/", maxsplit=1)[1]
    if file.is_file():
        route.fulfill(path=file)
    else:
        route.abort()


def _sheet(rows: list[tuple[str, list[Image.Image]]]) -> Image.Image:
    """Brands below each other, views side by side, each with its caption."""
    width = GAP + sum(GAP + round(view.width * SCALE) for view in VIEWS)
    heights = [CAPTION + max(picture.height for picture in row) + GAP for _brand, row in rows]
    sheet = Image.new("RGB", (width, GAP + sum(heights)), GROUND)
    draw, font, top = ImageDraw.Draw(sheet), ImageFont.load_default(size=15), GAP
    for (brand, row), height in zip(rows, heights, strict=True):
        left = GAP
        for view, picture in zip(VIEWS, row, strict=True):
            name = catalogue.brands()[brand].name
            title = f"{name}: {view.title}" if view is VIEWS[0] else view.title
            draw.text((left, top), title, fill=INK, font=font)
            sheet.paste(picture, (left, top + CAPTION))
            left += picture.width + GAP
        top += height
    return sheet


def _chromium() -> str | None:
    """None lets Playwright take its own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


if __name__ == "__main__":
    if not sys.argv[1:] or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
