"""`python -m benchmarks.corpora [name=file …]`: each collection through the whole pipeline and Chromium, as a table.

A file holds a JSON list of strings, or one string a line. The control row puts the same strings into a page as they are.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from library.engine import check, render
from tests.engine.corpora import SPEC, everywhere, filled_by, kept
from tests.engine.corpora.opened import watched, what_ran
from tests.engine.every import CONTEXT, FIELDS


def main(more: Sequence[str]) -> None:
    collections = kept() | {
        name: read(Path(file)) for name, _, file in (each.partition("=") for each in more)
    }
    print(
        "| collection | strings | values | passed | refused with a message | mails | ran | the same strings as they are: ran |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, texts in collections.items():
            print(row(browser, name, texts), flush=True)
        browser.close()


def read(file: Path) -> list[str]:
    source = file.read_text(encoding="utf-8", errors="replace")
    texts: list[str] = json.loads(source) if source.lstrip().startswith("[") else source.splitlines()
    return [text for text in texts if text.strip()]


def row(browser: Browser, name: str, texts: list[str]) -> str:
    refused = sum(len(refused_fields(text)) for text in texts)
    mails = [render(SPEC, values, CONTEXT).html for values in filled_by(texts)]
    ran = sum(opened(browser, mail) for mail in mails)
    control = sum(opened(browser, f"<!doctype html><body><div>{text}</div>") for text in texts)
    values = len(texts) * len(FIELDS)
    return f"| {name} | {len(texts)} | {values:,} | {values - refused:,} | {refused:,} | {len(mails)} | {ran} | {control} |"


def opened(browser: Browser, html: str) -> bool:
    """Whether it ran something, in a page of its own, since some leave theirs or close it."""
    context = browser.new_context()
    ran = bool(what_ran(watched(context), html))
    context.close()
    return ran


def refused_fields(text: str) -> set[str]:
    return {problem.path for problem in check(SPEC, {"part": [everywhere(text)]}, images=CONTEXT.images)}


if __name__ == "__main__":
    main(sys.argv[1:])
