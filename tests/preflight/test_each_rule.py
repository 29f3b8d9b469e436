"""Every rule has a mail that breaks it; the clean mail breaks none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from library.engine import Image
from library.engine.footer import UNSUBSCRIBE
from library.preflight import Severity, rules
from library.preflight.rules.subject import BrandRules, Followed, Logo, Motion, Picture, Restriction
from tests.preflight.cast import CONTEXT, CUP, PAGE, found, inside, instead, mail, of, styled

BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
LONG = "Good morning from all of us at the counter. " * 12


def context(**parts: Any) -> Any:
    """The surroundings with some things otherwise: profile=…, identity=…, theme=…, images=…"""
    return CONTEXT.model_copy(
        update={
            name: getattr(CONTEXT, name).model_copy(update=part) if name != "images" else part
            for name, part in parts.items()
        }
    )


def picture(**facts: Any) -> dict[str, Picture]:
    return {CUP: Picture(**{"slug": "cup", "weight": 90_000, "width": 1200, "height": 600, **facts})}


def linked(address: str, **more: Any) -> dict[str, Any]:
    return {"hero": {"more": {"label": "See the winter menu", "url": address}}, **more}


SPOILT: list[tuple[str, Severity, str | None, dict[str, Any]]] = [
    ("PF01", WARN, "", {"html": inside("<!--" + "x" * 65_000 + "-->")}),
    ("PF01", BLOCK, "", {"html": inside("<!--" + "x" * 110_000 + "-->")}),
    ("PF02", BLOCK, "", {"html": lambda html: html.replace("<body", "<!--" + "x" * 110_000 + "--><body")}),
    ("PF03", WARN, "", {"html": inside("<style>p{margin:0}</style>")}),
    ("PF03", WARN, "", {"html": styled("p{margin:0}" * 2_000)}),
    ("PF04", WARN, "", {"html": lambda html: styled(".loud{font-size:30px}")(inside('<p class="loud">Hi</p>')(html))}),
    ("PF05", WARN, "", {"html": lambda html: styled("@media (max-width:480px){.m{display:block}}")(
        inside('<div class="m" style="display:none">Only here</div>')(html))}),
    ("PF06", BLOCK, "", {"html": inside('<div style="display:flex">Side by side</div>')}),
    ("PF06", BLOCK, "", {"html": inside('<div style="position:absolute">On top</div>')}),
    ("PF07", WARN, "", {"html": inside('<p style="padding:0 0 20px">Room below</p>')}),
    ("PF08", WARN, "", {"html": inside('<p style="margin:-10px 0 0">Pulled up</p>')}),
    ("PF08", WARN, "", {"html": inside('<table role="presentation" style="margin:0 auto"></table>')}),
    ("PF09", BLOCK, "hero.picture", {"html": instead(' width="600"', "")}),
    ("PF10", WARN, "", {"html": inside('<div style="background-image:url(https://a.b/c.png)">Over it</div>')}),
    ("PF11", WARN, "", {"html": inside(
        f'<div><a href="{PAGE}" style="background:#000000;color:#ffffff;padding:12px 20px">Winter menu</a></div>')}),
    ("PF12", INFO, "", {"html": inside('<div style="box-shadow:0 0 4px #000000">Raised</div>')}),
    ("PF13", BLOCK, "", {"html": styled("@import url(x.css);")}),
    ("PF13", BLOCK, "", {"html": inside('<p style="color:var(--ink)">Ink</p>')}),
    ("PF14", WARN, "", {"html": inside("<p style=\"font-family:'Brand Sans'\">Ours</p>")}),
    ("PF15", BLOCK, "", {"html": inside("<form action='/'><input></form>")}),
    ("PF15", BLOCK, "", {"html": inside('<p onclick="x()">Tap</p>')}),
    ("PF16", BLOCK, "", {"html": inside('<img src="https://a.b/logo.svg" alt="Our logo" width="20">')}),
    ("PF16", BLOCK, "", {"html": inside('<img src="data:image/png;base64,AAAA" alt="A dot of ink" width="20">')}),
    ("PF17", WARN, "", {"html": inside('<img src="https://a.b/cup.webp" alt="A cup" width="20">')}),
    ("PF18", WARN, "hero.picture", {"pictures": picture(motion=Motion(2.0, False, 0))}),
    ("PF19", WARN, "", {"html": inside('<picture><img srcset="https://a.b/c.png 2x" alt="A cup" width="20"></picture>')}),
    ("PF20", BLOCK, "", {"html": inside("<table role='presentation'><tr><td>")}),
    ("PF20", BLOCK, "", {"html": inside("<!--[if mso]><p>")}),
    ("PF21", BLOCK, "", {"text": lambda text: text.replace(UNSUBSCRIBE, "")}),
    ("PF21", WARN, "hero.more", {"hero": {"more": {"label": "Book a table", "url": "https://tables.bluebird-coffee.com/b"}},
                                 "text": lambda text: text.replace("https://tables.bluebird-coffee.com/b", "")}),
    ("PF22", WARN, "", {"html": inside('<div style="height:5500px"></div>')}),
    ("PF22", BLOCK, "", {"html": inside('<div style="height:9000px"></div>')}),
    ("PF23", BLOCK, "hero.headline", {"hero": {"headline": "Hello [Name], lorem ipsum"}}),
    ("PF23", WARN, "hero.headline", {"hero": {"headline": "Winter menu TEST"}}),
    ("PF24", BLOCK, "", {"html": inside("<p>Hi {{${first_name}}}</p>")}),
    ("PF24", BLOCK, "", {"html": inside("<p>Your {{custom_attribute.${favourite}}}</p>")}),
    ("PF25", WARN, "hero.picture", {"pictures": picture(weight=300_000)}),
    ("PF25", BLOCK, "hero.picture", {"pictures": picture(weight=1_200_000)}),
    ("PF26", INFO, "hero.picture", {"pictures": picture(width=700)}),
    ("PF26", INFO, "hero.picture", {"pictures": picture(width=2400)}),
    ("PF27", WARN, "", {"hero": {"body": "<p>Come.</p>", "price": None, "day": ""}}),
    ("PF28", BLOCK, "hero.picture", {"hero": {"picture": {"src": "https://elsewhere.com/cup.jpg", "alt": "A cup"}},
                                     "brand": BrandRules(image_domains=("bluebird-coffee.com",))}),
    ("PF28", BLOCK, "hero.picture", {"hero": {"picture": {"src": "https://elsewhere.com/cup.jpg", "alt": "A cup"}},
                                     "links": {"https://elsewhere.com/cup.jpg": Followed(404)}}),
    ("PF28", BLOCK, "hero.picture", {"hero": {"picture": {"src": "https://elsewhere.com/cup.jpg", "alt": "A cup"}},
                                     "links": {"https://elsewhere.com/cup.jpg": Followed(200, content_type="text/html")}}),
    ("PF29", WARN, "", {"context": context(theme={"logo_url": "https://portal.bluebird-coffee.com/logo.png"}),
                        "html": inside('<img src="https://portal.bluebird-coffee.com/logo.png" alt="Bluebird" width="90">'),
                        "logo": Logo(see_through=True, colour="#101820")}),
    ("PF30", WARN, "", {"html": inside('<p style="color:#0000ff;background-color:#ffffff">Middling</p>')}),
    ("PF31", INFO, "", {"html": instead('name="color-scheme"', 'name="other"')}),
    ("PF33", BLOCK, "", {"html": lambda html: html.replace(' lang="en"', "")}),
    ("PF34", WARN, "hero.headline", {"hero": {"headline": "مرحبا بكم في أمسيتنا"}}),
    ("PF35", WARN, "envelope.subject", {"html": lambda html: html.replace("<title>", "<title></title><i>", 1)}),
    ("PF36", BLOCK, "", {"html": inside("<table><tr><td>Two columns</td></tr></table>")}),
    ("PF37", BLOCK, "hero.picture", {"hero": {"picture": {"src": "cup", "alt": "IMG_2041.jpg"}}}),
    ("PF37", BLOCK, "", {"html": inside(f'<img src="{CUP}x" width="20">')}),
    ("PF37", WARN, "hero.picture", {"hero": {"picture": {"src": "cup", "alt": "A very long cup " * 10}}}),
    ("PF38", BLOCK, "", {"html": inside(f'<a href="{PAGE}"><img src="{CUP}" alt="" width="20"></a>')}),
    ("PF39", WARN, "hero.more", {"hero": {"more": {"label": "Click here", "url": PAGE}}}),
    ("PF40", BLOCK, "", {"html": inside('<p style="color:#999999;background-color:#ffffff">Pale words</p>')}),
    ("PF40", BLOCK, "", {"html": lambda html: styled(
        "@media (prefers-color-scheme:dark){.d{color:#333333!important;background-color:#222222!important}}")(
        inside('<p class="d" style="color:#000000;background-color:#ffffff">Lost at night</p>')(html))}),
    ("PF41", WARN, "", {"html": inside(f'<p>Come and <a href="{PAGE}" style="text-decoration:none;color:#0b4a5c">see</a> us soon</p>')}),
    ("PF42", WARN, "", {"html": inside("<h3>Two steps down</h3>")}),
    ("PF42", WARN, "", {"html": inside("<h1>Another first</h1>")}),
    ("PF43", WARN, "", {"html": inside(f'<p style="font-size:11px;line-height:18px">{LONG}</p>')}),
    ("PF43", WARN, "", {"html": inside(f'<p style="font-size:16px;line-height:17px">{LONG}</p>')}),
    ("PF43", WARN, "", {"html": inside(f'<p style="font-size:16px;line-height:24px;text-align:center">{LONG}</p>')}),
    ("PF44", BLOCK, "", {"html": inside(f'<p><a href="{PAGE}" style="font-size:13px;line-height:16px">Winter menu</a></p>')}),
    ("PF46", BLOCK, "hero.picture", {"pictures": picture(motion=Motion(2.0, True, 6))}),
    ("PF46", WARN, "hero.picture", {"pictures": picture(motion=Motion(9.0, False, 0))}),
    ("PF47", INFO, "envelope.subject", {"envelope": {"subject": "☕ Winter 🎄 is on ❄️ the board"}}),
    ("PF48", WARN, "envelope.subject", {"envelope": {"subject": "Hello"}}),
    ("PF48", BLOCK, "envelope.subject", {"envelope": {"subject": ""}}),
    ("PF48", BLOCK, "envelope.subject", {"envelope": {"subject": "Re: our winter menu this year"}}),
    ("PF48", BLOCK, "envelope.subject", {"envelope": {"subject": "WINTER IS ON THE BOARD"}}),
    ("PF49", WARN, "envelope.preheader", {"envelope": {"preheader": ""}}),
    ("PF49", WARN, "envelope.preheader", {"envelope": {"preheader": "The winter menu is on the board!"}}),
    ("PF50", BLOCK, "", {"sending_domain": "mail.elsewhere.com"}),
    ("PF50", WARN, "envelope.sender_name", {"envelope": {"sender_name": "Great Deals"}, "packs": ()}),
    ("PF51", WARN, "envelope.reply_to", {"envelope": {"reply_to": "no-reply@bluebird-coffee.com"}}),
    ("PF52", BLOCK, "hero.more", linked("https://bit.ly/3xYz")),
    ("PF52", BLOCK, "hero.more", linked("https://staging.bluebird-coffee.com/menu")),
    ("PF52", WARN, "hero.more", linked("https://example.com/menu")),
    ("PF52", BLOCK, "hero.more", linked(PAGE, links={PAGE: Followed(404)})),
    ("PF52", WARN, "hero.more", linked(PAGE, links={PAGE: Followed(503)})),
    ("PF52", BLOCK, "hero.more", linked(PAGE, links={PAGE: Followed(trouble="private")})),
    ("PF52", BLOCK, "hero.more", linked(PAGE, links={PAGE: Followed(trouble="dns")})),
    ("PF52", INFO, "", linked(PAGE, links={})),
    ("PF52", BLOCK, "hero.more", linked("https://elsewhere.com/x", brand=BrandRules(link_domains=("bluebird-coffee.com",)))),
    ("PF52", BLOCK, "hero.more", linked(PAGE, brand=BrandRules(link_domains=("bluebird-coffee.com",)),
                                        links={PAGE: Followed(200, "https://elsewhere.com/")})),
    ("PF53", WARN, "hero.more", linked(f"{PAGE}?utm_source=a&utm_source=b")),
    ("PF54", WARN, "hero.body", {"hero": {"body": "<p>Call us on 0131 496 0999 for a table.</p>"}}),
    ("PF55", BLOCK, "hero.day", {"hero": {"day": "2026-11-20"}}),
    ("PF55", BLOCK, "hero.price", {"hero": {"price": {"amount": "3.80", "before": "3.40"}}}),
    ("PF55", BLOCK, "hero.headline", {"hero": {"headline": "Save 20% off", "price": {"amount": "9", "before": "10"}}}),
    ("PF56", BLOCK, "hero.headline", {"hero": {"headline": "Pay to GB82 WEST 1234 5698 7654 32"}}),
    ("PF56", BLOCK, "hero.headline", {"hero": {"headline": "Card 4111 1111 1111 1111"}}),
    ("PF56", WARN, "hero.headline", {"hero": {"headline": "Cheap cups"}, "brand": BrandRules(restrictions=(Restriction("cheap"),))}),
    ("PF56", BLOCK, "hero.headline", {"hero": {"headline": "Winner of 2026"},
                                      "brand": BrandRules(restrictions=(Restriction("win+er", is_regex=True, severity=BLOCK),))}),
    ("PF60", BLOCK, "", {"html": lambda html: html.replace(UNSUBSCRIBE, "https://www.bluebird-coffee.com/bye")}),
    ("PF68", BLOCK, "", {"context": context(profile={"street": ""}, identity={"street": ""})}),
    ("PF69", BLOCK, "", {"html": inside('<p>To go, <a href="https://www.bluebird-coffee.com/bye">unsubscribe</a> with us</p>')}),
    ("PF70", BLOCK, "envelope.sender_name", {"envelope": {"sender_name": "Great Deals"}}),
    ("PF71", WARN, "envelope.subject", {"envelope": {"subject": "Your invoice for November is here"}}),
    ("PF72", BLOCK, "", {"html": lambda html: html.replace("Bluebird Coffee Ltd", "Somebody")}),
    ("PF74", BLOCK, "", {"context": context(identity={"privacy_url": ""})}),
    ("PF75", WARN, "", {"html": lambda html: html.replace("Bluebird Coffee Ltd", "Somebody")}),
    ("PF76", BLOCK, "", {"html": lambda html: html.replace(">Unsubscribe<", ">Settings<")}),
    ("PF78", WARN, "", {"context": context(identity={"company_line": ""})}),
    ("PF81", WARN, "hero.headline", {"hero": {"headline": "A glass of wine"},
                                     "brand": BrandRules(restrictions=(Restriction("wine", needs="drink responsibly"),))}),
    ("PF90", BLOCK, "hero.picture", {"pictures": picture(recalled="The model withdrew")}),
    ("PF90", BLOCK, "hero.picture", {"pictures": picture(licensed_until=date(2026, 11, 1))}),
    ("PF90", WARN, "hero.picture", {"pictures": picture(licensed_until=date(2026, 11, 30))}),
    ("PF91", WARN, "", {"context": context(identity={"company_line": ""})}),
]  # fmt: skip


def test_the_clean_mail_has_no_finding_at_all():
    assert found(mail()) == []


@pytest.mark.parametrize(
    ("rule", "severity", "path", "spoilt"),
    SPOILT,
    ids=[f"{row[0]}-{number}" for number, row in enumerate(SPOILT)],
)
def test_a_mail_that_breaks_the_rule_is_told_so_at_its_place(rule, severity, path, spoilt):
    hits = of(mail(**spoilt), rule)

    assert [(each.severity, each.path) for each in hits if each.severity is severity and each.path == path]
    assert all(each.message and each.fix for each in hits)


def test_headers_for_one_click_are_looked_at():
    from dataclasses import replace

    clean = mail()
    for headers in ({}, {**clean.email.headers, "List-Unsubscribe": "<mailto:a@b.example>"}):
        spoilt = replace(clean, email=replace(clean.email, headers=headers))
        [finding] = of(spoilt, "PF57")
        assert finding.severity is BLOCK


def test_every_rule_has_a_mail_that_breaks_it():
    assert {row[0] for row in SPOILT} | {"PF57"} == {rule.id for rule in rules()}


def test_small_buttons_are_warned_of():
    small = f'<table role="presentation"><tr><td bgcolor="#0b4a5c"><a href="{PAGE}" style="color:#ffffff;line-height:30px">Book a table</a></td></tr></table>'
    assert [each.severity for each in of(mail(html=inside(small)), "PF44")] == [WARN]


def test_a_link_inside_a_sentence_needs_no_room():
    sentence = f'<p style="font-size:13px">Read about <a href="{PAGE}">our winter menu</a> before you come to see us.</p>'
    assert of(mail(html=inside(sentence)), "PF44") == []


def test_decoration_goes_without_words():
    assert of(mail(hero={"picture": {"src": "cup", "alt": "", "decorative": True}}), "PF37") == []


def test_a_picture_that_the_gallery_knows_as_decoration_goes_without_words_too():
    images = {"cup": Image(url=CUP, width=1200, height=600, alt="", decorative=True)}
    subject = mail(hero={"picture": {"src": "cup", "alt": ""}}, context=context(images=images))
    assert of(subject, "PF37") == []


def test_a_word_that_needs_a_clause_is_fine_beside_it():
    rules_of_brand = BrandRules(restrictions=(Restriction("wine", needs="drink responsibly|18+"),))
    body = (
        "<p>Please drink  responsibly. "
        + "A glass of wine for everybody who comes, and a chair by the window. " * 3
        + "</p>"
    )
    assert of(mail(hero={"headline": "Wine for all", "body": body}, brand=rules_of_brand), "PF81") == []


def test_the_brands_own_site_may_be_a_sample_address():
    own = context(profile={"website": "https://www.example.org/leeds"})
    assert of(mail(context=own, **linked("https://www.example.org/menu")), "PF52") == []


def test_a_mail_that_is_sent_later_is_looked_at_as_of_then():
    late = datetime(2027, 1, 2, tzinfo=UTC)
    assert [each.path for each in of(mail(send_at=late), "PF55")] == ["hero.day"]
