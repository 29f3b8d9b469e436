"""What stands in every mail whatever its modules: head, language, footer, headers, sender."""

from __future__ import annotations

import html
import re

import pytest

from library.engine import Identity, RenderContext, TemplateSpec, dark, render
from library.engine.footer import address
from tests.engine.cast import NOTE, Structure, context, template, values

SPEC, CONTEXT = template(), context()
MAIL = render(SPEC, {}, CONTEXT)


def with_note(mjml: str, text: str = "x") -> TemplateSpec:
    note = NOTE.model_copy(update={"mjml": mjml, "text": text})
    return template(
        placements=[{"key": "notes", "module": "note", "values": {"title": "x"}}], modules={"note": note}
    )


def test_language_and_direction_stand_on_the_page_and_within() -> None:
    mail = render(SPEC, {}, context(language="ar", direction="rtl"))

    assert re.search(r'<html lang="ar" dir="rtl"', mail.html)
    assert re.search(r'<div [^>]*lang="ar" dir="rtl"', mail.html)
    assert "direction:ltr" not in mail.html


def test_title_and_preview_line_are_the_envelope_s() -> None:
    mail = render(SPEC, {"envelope": {"subject": "Tea & <cake>", "preheader": "Today"}}, CONTEXT)

    assert "<title>Tea &amp; &lt;cake&gt;</title>" in mail.html
    assert ">Today&#8199;" in mail.html
    assert (mail.subject, mail.preheader) == ("Tea & <cake>", "Today")


def test_every_layout_table_says_so() -> None:
    tables = re.findall(r"<table[^>]*>", MAIL.html)

    assert tables
    assert [table for table in tables if 'role="presentation"' not in table] == []


def test_a_table_of_data_keeps_its_meaning() -> None:
    table = "<mj-table><tr>{}</tr></mj-table>"
    source = "<mj-section><mj-column>{}</mj-column></mj-section>"
    data = render(with_note(source.format(table.format("<th>Mon</th>"))), {}, CONTEXT).html
    layout = render(with_note(source.format(table.format("<td>Mon</td>"))), {}, CONTEXT).html

    assert len(re.findall(r"<table(?![^>]*role=)", data)) == 1
    assert "Mon" in layout
    assert not re.search(r"<table(?![^>]*role=)", layout)


def test_both_addresses_the_reason_and_the_way_out_stand_below() -> None:
    for part in ("".join(Structure(MAIL.html).texts), MAIL.text):
        assert "Bluebird Leeds, 2 High Street, Leeds LS2 2BB" in part
        assert "Bluebird Coffee Ltd, 1 Mill Lane, Leeds LS1 1AA, United Kingdom" in part
        assert "because you asked to hear from Bluebird Leeds" in part
        assert "Unsubscribe" in part


def test_html_and_text_lead_to_the_same_places() -> None:
    for link in Structure(MAIL.html).links:
        assert link in MAIL.text


def test_the_footer_speaks_the_mail_s_language() -> None:
    assert "Abmelden" in render(SPEC, {}, context(language="de-AT")).text
    assert "Unsubscribe" in render(SPEC, {}, context(language="cy")).text


def test_one_click_unsubscribe_is_in_the_headers() -> None:
    assert MAIL.headers == {
        "List-Unsubscribe": "<{{${set_user_to_one_click_list_unsubscribe}}}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@pytest.mark.parametrize(
    ("name", "sender"),
    [
        ("Bluebird Leeds", "Bluebird Leeds <leeds@example.org>"),
        ("Joe, Inc.", '"Joe, Inc." <leeds@example.org>'),
        ('The "Nest" <a@b>', r'"The \"Nest\" <a@b>" <leeds@example.org>'),
        ("Café Zürich", "Café Zürich <leeds@example.org>"),
        ("A\r\nBcc: x@example.org", '"A Bcc: x@example.org" <leeds@example.org>'),
    ],
)
def test_the_sender_is_quoted_where_it_must_be(name: str, sender: str) -> None:
    assert render(SPEC, {}, context(sender_name=name)).sender == sender


def test_replies_go_to_the_group() -> None:
    assert render(SPEC, {}, context(reply_to="team@example.org")).reply_to == "team@example.org"
    assert MAIL.reply_to == "leeds@example.org"


@pytest.mark.parametrize(
    "bad", ["{{x}}@example.org", "a b@example.org", "a@b", "a@b.org\r\nBcc: c@d.org", "%{@x.org"]
)
def test_a_sender_address_that_could_do_more_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="sender_address"):
        context(sender_address=bad)


@pytest.mark.parametrize(
    ("country", "line"),
    [
        ("GB", "1 Mill Lane, Leeds Yorks LS1"),
        ("US", "1 Mill Lane, Leeds, Yorks LS1"),
        ("DE", "1 Mill Lane, LS1 Leeds"),
    ],
)
def test_an_address_is_written_as_its_country_writes_it(country: str, line: str) -> None:
    place = Identity(
        legal_name="x", street="1 Mill Lane", city="Leeds", region="Yorks", postcode="LS1", country=country
    )

    assert address(place) == line


def test_characters_survive_in_text_and_attributes_alike() -> None:
    words = "Café ☕️ 👩‍👩‍👧 हिन्दी \\ e\u0301 soft\u00adhyphen “quoted”"
    mail = render(SPEC, values(headline=words, picture={"src": "cup", "alt": words}), CONTEXT)
    page = Structure(mail.html)
    assert words in "".join(page.texts)
    assert f'alt="{words}"' in html.unescape(mail.html).replace("&quot;", '"')
    assert words in mail.text


def test_a_picture_is_named_measured_and_never_stretched() -> None:
    named = render(SPEC, values(picture={"src": "cup", "alt": ""}), CONTEXT).html

    assert 'alt="A cup"' in named
    assert 'height="auto" src="https://img.example.org/cup.jpg" width="300"' in named
    assert 'alt="A cup"' in render(SPEC, values(picture={"src": "cup", "alt": " "}), CONTEXT).html
    assert 'alt=""' in render(SPEC, values(picture={"src": "cup", "decorative": True}), CONTEXT).html


def test_what_is_empty_leaves_neither_markup_nor_line() -> None:
    hidden = {"extra": {"shown": False}}
    empty = render(SPEC, {**values(body="<p> </p>", picture=None, more=None), **hidden}, CONTEXT)

    assert "<img" not in empty.html
    assert "Read on" not in empty.html + empty.text
    assert 'class="body"' not in empty.html
    assert "\n\n\n" not in empty.text


def test_an_optional_part_goes_when_it_is_switched_off() -> None:
    assert "Locked words" in MAIL.html
    assert "Locked words" in MAIL.text
    hidden = render(SPEC, {"extra": {"shown": False}}, CONTEXT)
    assert "Locked words" not in hidden.html + hidden.text


def test_a_choice_and_a_toggle_change_what_the_module_says() -> None:
    assert "color:#ffb27a" in render(SPEC, values(tone="loud"), CONTEXT).html.split("<body")[1]
    assert "border-top:solid 1px" in render(SPEC, values(ruled=True), CONTEXT).html
    assert "border-top:solid 1px" not in MAIL.html.split("<body")[1]


def test_the_dark_look_finds_the_theme_s_colours_and_can_be_read() -> None:
    style = "".join(dark.styles(CONTEXT.theme))

    assert "prefers-color-scheme:dark" in style
    assert "[data-ogsc]" in style
    assert f'[style*=";color:{CONTEXT.theme.text}"]{{color:{dark.TEXT}' in style
    assert f";color:{CONTEXT.theme.text};" in MAIL.html
    assert dark.contrast(dark.lightened("#0b5563", dark.SURFACE), dark.SURFACE) >= 4.5
    assert dark.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_nothing_is_fetched_from_anywhere_but_pictures() -> None:
    assert "googleapis" not in MAIL.html
    assert "<link" not in MAIL.html
    assert "@import" not in MAIL.html


def test_an_author_s_notes_and_fonts_stay_at_home() -> None:
    note = "<!-- ask Ann --><mj-section><mj-column><mj-text font-family='Roboto, Arial'>x</mj-text></mj-column></mj-section>"
    mail = render(with_note(note), {}, CONTEXT)

    assert "Ann" not in mail.html
    assert "googleapis" not in mail.html
    assert "[if mso" in mail.html


def test_a_context_can_be_without_pictures() -> None:
    bare = RenderContext(theme=CONTEXT.theme, identity=CONTEXT.identity, profile=CONTEXT.profile)

    assert "<img" not in render(SPEC, values(picture={"src": "cup", "alt": "x"}), bare).html


def test_plain_text_keeps_its_lines() -> None:
    source = "[[ title ]][% if price %] ([[ price ]])[% endif %]\n[% if false %]gone[% endif %]\nnext\n[% if true %]\nlast\n[% endif %]"
    spec = with_note("<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>", source)

    assert render(spec, {}, CONTEXT).text.startswith("x (£3)\nnext\nlast\n\n--\n")
