"""What the engine does about looks by construction: the dark, two logos, pictures, and nothing where nothing is."""

from __future__ import annotations

import re

import pytest

from library.engine import RenderContext, dark, render
from library.engine.context import Theme
from tests.engine.cast import NOTE, context, template, values

CONTEXT = context()
LOGO, DARK_LOGO = "https://img.example.org/logo.png", "https://img.example.org/dark.png"


def themed(**changes: object) -> RenderContext:
    theme = Theme.model_validate({**CONTEXT.theme.model_dump(), **changes})
    return CONTEXT.model_copy(update={"theme": theme})


def mail_of(mjml: str, about: RenderContext = CONTEXT, title: str = "x") -> str:
    spec = template(
        placements=[
            {"key": "notes", "module": "note", "open": [{"field": "title"}]},
            {"key": "more", "module": "note", "values": {"title": "after"}},
        ],
        modules={"note": NOTE.model_copy(update={"mjml": mjml})},
    )
    return render(spec, {"notes": {"title": title}}, about).html


def body_of(html: str) -> str:
    return html.split("<body")[1]


def test_the_brand_s_own_dark_colours_are_taken() -> None:
    theme = themed(
        dark_surface="#112233", dark_text="#eeeeee", dark_primary="#88ccdd", dark_on_primary="#001122"
    )
    style = "".join(dark.styles(theme.theme))

    assert "background-color:#112233!important" in style
    assert f'[style*=";color:{theme.theme.text}"]{{color:#eeeeee!important}}' in style
    assert f'[style*="background:{theme.theme.primary}"]{{background-color:#88ccdd' in style
    assert "color:#001122!important" in style


def test_what_the_brand_leaves_open_is_derived() -> None:
    colours = dark.colours(CONTEXT.theme)

    assert colours["surface"] == dark.SURFACE
    assert colours["primary"] == CONTEXT.theme.primary
    assert dark.contrast(colours["link"], colours["surface"]) >= 4.5


def test_a_button_in_the_surface_colour_turns_with_the_surface() -> None:
    """A button's colour stands in the shorthand."""
    html = mail_of(
        '<mj-section><mj-column><mj-button background-color="#ffffff">Go</mj-button></mj-column></mj-section>'
    )

    assert "background:#ffffff" in body_of(html)
    assert f'[style*="background:#ffffff"]{{background-color:{dark.SURFACE}!important}}' in html


def test_a_card_on_a_signal_colour_is_written_as_cards_are() -> None:
    theme = themed(primary="#ffd54f", on_primary="#1f2a2e", link="#0b5563").theme
    style = "".join(dark.styles(theme))
    exception = f'[style*="background:#ffd54f"] [style*=";color:{theme.muted}"]'
    card = (
        f'[style*="background:#ffd54f"] [style*="background:{theme.surface}"] [style*=";color:{theme.muted}"]'
    )

    assert exception in style
    assert card in style


def test_both_logos_stand_there_and_a_dark_look_swaps_them() -> None:
    source = '<mj-section><mj-column><mj-image src="[[ theme.logo_url ]]" alt="Bluebird" /></mj-column></mj-section>'
    html = mail_of(source, themed(logo_url=LOGO, logo_dark_url=DARK_LOGO))
    [other] = re.findall(
        rf"<!--\[if !mso\]><!-->(<img[^>]*{DARK_LOGO}[^>]*>)<!--<!\[endif\]-->", body_of(html)
    )[:1]

    assert 'class="logo-dark"' in other
    assert 'style="display:none;' in other
    assert "display:block" not in other
    assert re.search(rf'<img class="logo-light"[^>]*src="{LOGO}"', html)
    for root in ("", "[data-ogsc] "):
        assert f"{root}.logo-dark{{display:block!important}}" in html
        assert f"{root}.logo-light{{display:none!important}}" in html


def test_one_logo_stays_alone() -> None:
    source = '<mj-section><mj-column><mj-image src="[[ theme.logo_url ]]" alt="x" /></mj-column></mj-section>'
    html = mail_of(source, themed(logo_url=LOGO))

    assert body_of(html).count("<img") == 2  # one in each of the two parts
    assert "logo-dark" not in html


def test_a_picture_without_words_is_decoration_and_not_a_file_name() -> None:
    html = mail_of(
        '<mj-section><mj-column><mj-image src="https://img.example.org/x.png" /></mj-column></mj-section>'
    )

    assert [image for image in re.findall(r"<img[^>]*>", html) if " alt=" not in image] == []


@pytest.mark.parametrize(
    "empty",
    [
        '<mj-text padding="40px">[[ title ]]</mj-text>',
        '<mj-text padding="40px"><h2 style="margin:0">[[ title ]]</h2></mj-text>',
        '<mj-button href="https://example.org">[[ title ]]</mj-button>',
        '<mj-image src="[% if title %]https://example.org/x.png[% endif %]" alt="x" />',
    ],
)
def test_what_holds_nothing_leaves_no_spacing(empty: str) -> None:
    section = f'<mj-section padding="40px"><mj-column>{empty}</mj-column></mj-section>'
    wrapped = f"<mj-wrapper>{section}</mj-wrapper>"

    for source in (section, wrapped):
        alone = body_of(mail_of(f"[% if title %]{source}[% endif %]", title=""))
        assert body_of(mail_of(source, title="")) == alone


def test_spacing_that_an_author_means_stays() -> None:
    spacing = '<mj-section padding="16px 0 0"><mj-column></mj-column></mj-section>'

    assert "padding:16px 0 0" in body_of(mail_of(spacing))


def test_a_column_beside_one_that_holds_something_keeps_its_place() -> None:
    source = (
        '<mj-section><mj-column width="50%"><mj-text>[[ title ]]</mj-text></mj-column>'
        '<mj-column width="50%"><mj-text>beside</mj-text></mj-column></mj-section>'
    )

    assert body_of(mail_of(source, title="")).count("mj-column-per-50") == 4


def test_a_picture_is_never_shown_wider_than_it_is() -> None:
    small = CONTEXT.images["cup"].model_copy(update={"width": 200, "height": 100})
    about = CONTEXT.model_copy(update={"images": {"cup": small}})

    assert 'width="200"' in render(template(), values(picture={"src": "cup"}), about).html
