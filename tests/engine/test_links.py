"""Links are taken, percent-encoded, or refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.engine.links import BadLink, context_link, safe_link
from tests.engine.cast import texts


@pytest.mark.parametrize(
    ("link", "result"),
    [
        ("https://example.org", "https://example.org"),
        ("  https://Example.org/A?b=1&c=%20#d ", "https://example.org/A?b=1&c=%20#d"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("https://example.org/{{x}}/100%", "https://example.org/%7B%7Bx%7D%7D/100%25"),
        ("https://example.org/'\"()<>[]|^`", "https://example.org/%27%22%28%29%3C%3E%5B%5D%7C%5E%60"),
        ("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4"),
        ("mailto:a.b@example.org?subject=Hi", "mailto:a.b@example.org?subject=Hi"),
        ("tel:+44 (0)20 7946-0000", "tel:+440207946-0000"),
    ],
)
def test_it_is_taken(link: str, result: str) -> None:
    assert safe_link(link) == result


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("", "scheme"),
        ("example.org", "scheme"),
        ("//example.org", "scheme"),
        ("http://example.org", "scheme"),
        ("JavaScript:alert(1)", "scheme"),
        ("java\tscript:alert(1)", "form"),
        ("data:text/html,x", "scheme"),
        ("https://a b.example", "form"),
        ("https:\\\\example.org", "form"),
        ("https://good.example@evil.example", "userinfo"),
        ("https://@evil.example", "userinfo"),
        ("https://localhost/", "host"),
        ("https://[::1]/", "host"),
        ("https://exa$mple.org/", "host"),
        ("https://example.org:99999/", "host"),
        ("https://example..org/", "host"),
        ("mailto:", "form"),
        ("mailto:a@b.org,c@d.org", "form"),
        ("tel:call me", "form"),
        ("tel:+44?x", "form"),
        ("https://example.org/" + "a" * 2_000, "form"),
    ],
)
def test_it_is_refused_with_its_reason(link: str, code: str) -> None:
    with pytest.raises(BadLink) as refused:
        safe_link(link)

    assert refused.value.code == code


@given(texts | st.builds("https://example.org/{}".format, texts))
def test_whatever_is_taken_can_stand_in_any_attribute(link: str) -> None:
    try:
        taken = safe_link(link)
    except BadLink:
        return
    assert taken.isascii()
    assert not set(taken) & set("\"'<>{}()[]\\` \t\r\n")
    assert safe_link(taken) == taken


def test_settings_may_also_hold_paths_and_plain_http() -> None:
    assert context_link("/media/a b.png") == "/media/a%20b.png"
    assert context_link("http://bluebird.localhost:8000/x") == "http://bluebird.localhost:8000/x"
    for bad in ("javascript:alert(1)", "//evil.example/x", "data:x"):
        with pytest.raises(ValueError, match="https"):
            context_link(bad)
