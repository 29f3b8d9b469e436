"""Mails that hold what others collected against mail and web software, opened in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from library.engine import render
from tests.engine.corpora import SPEC, filled_by, kept
from tests.engine.corpora.opened import watched, what_ran
from tests.engine.every import CONTEXT

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", kept())
def test_nothing_in_them_runs(chromium: Browser, name: str) -> None:
    page = watched(chromium.new_context())

    for values in filled_by(kept()[name]):
        assert what_ran(page, render(SPEC, values, CONTEXT).html) == []


def test_the_watch_would_tell(chromium: Browser) -> None:
    page = watched(chromium.new_context())

    assert what_ran(page, "<img src=x onerror=alert(1)>") == ["alert1"]
    assert what_ran(page, "<body onload=alert(2)>") == ["alert2"]
    assert what_ran(page, "<a href='javascript:alert(3)'>x</a>") == ["alert3"]
