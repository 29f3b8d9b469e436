"""What each module and template says, links to and shows, line by line as it was when somebody last looked.

After a change that is meant: ``python -m tests.starter.outline``, and read the difference.
"""

from __future__ import annotations

import pytest

from tests.starter.outline import GOLDEN, mails, told

MAILS = mails()


def test_every_mail_has_its_file_and_no_other_lies_about():
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(MAILS)


@pytest.mark.parametrize("name", MAILS)
def test_it_says_what_it_said(name):
    assert told(MAILS[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
