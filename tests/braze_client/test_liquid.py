"""Braze's Liquid: the dialect, what it may not do, and how it fails."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from braze_client.liquid import Aborted, Campaign, Links, LiquidError, Person, check, render, strip_comments

ADA = Person(
    {"first_name": "Ada", "language": "en", "email_address": "ada@example.org"},
    {
        "visits": 5,
        "store id": "12",
        "pets": [{"name": "Rex"}],
        "tags": ["tea", "cake"],
        "home": {"city": "Leith"},
    },
    {"email_global": "opted_in", "0e7a": "subscribed"},
)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hi {{${first_name}}}!", "Hi Ada!"),
        ("Hi {{ ${first_name} | default: 'there' | escape }}", "Hi Ada"),
        ("Hi {{${last_name} | default: 'there'}}", "Hi there"),
        ("[{{${last_name}}}]", "[]"),
        ("{{custom_attribute.${store id}}}", "12"),
        ("{{custom_attribute.${pets}[0].name}}", "Rex"),
        ("{{custom_attribute.${home}.city}}", "Leith"),
        ("{{custom_attribute.${tags} | join: ', '}}", "tea, cake"),
        ("{{subscribed_state.${email_global}}}", "opted_in"),
        ("{{subscribed_state.${0e7a}}}", "subscribed"),
        ("{% if ${language} == 'en' %}yes{% else %}no{% endif %}", "yes"),
        ("{% if {{custom_attribute.${visits}}} > 4 %}often{% endif %}", "often"),
        ("{% assign a = ${first_name} | upcase %}{{a}}", "ADA"),
        ("{% raw %}{{${first_name}}}{% endraw %}", "{{${first_name}}}"),
        ("{{ 'a' | md5 }}", "0cc175b9c0f1b6a831c399e269772661"),
        ("{{ 1234567 | number_with_delimiter }}", "1,234,567"),
        ("{{ 'a b&c' | url_param_escape }}", "a%20b%26c"),
        ("{{ '{\"a\": 1}' | json_parse | property_accessor: 'a' }}", "1"),
        ("no liquid { } at all %}", "no liquid { } at all %}"),
    ],
)
def test_it_reads_what_braze_documents(source, text):
    assert render(source, ADA) == text


def test_it_knows_campaign_and_links():
    source = "{{campaign.${dispatch_id}}} {{${set_user_to_unsubscribed_url}}} {{${unsubscribe_url}}}"
    text = render(source, ADA, campaign=Campaign(dispatch_id="d1"), links=Links(unsubscribe="https://u"))
    assert text == "d1 https://u https://u"


def test_values_are_not_evaluated_again():
    person = Person({"first_name": "{{${email_address}}}{% abort_message() %}", "email_address": "secret"})
    assert render("{{${first_name}}}", person) == "{{${email_address}}}{% abort_message() %}"


def test_random_is_the_same_for_the_same_seed():
    source = "{% random 1000000 %}"
    assert (
        render(source, ADA, seed="7:1") == render(source, ADA, seed="7:1") != render(source, ADA, seed="7:2")
    )


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{% abort_message('too far') %}", "too far"),
        ("a{% abort_message() %}b", ""),
        ("{% catalog_items c 1 %}", "catalog_items: no catalog c"),
    ],
)
def test_an_abort_tells_its_reason(source, reason):
    with pytest.raises(Aborted) as aborted:
        render(source, ADA)
    assert aborted.value.reason == reason


def test_connected_content_renders_empty():
    source = "[{% connected_content https://203.0.113.9/x :method post :save answer %}{{answer.name}}]"
    assert render(source, ADA) == "[]"


@pytest.mark.parametrize(
    "source",
    [
        "{{",
        "{% if",
        "{% if ${language} == 'en' %}",
        "{{{${first_name}}}}",
        "{{ 'a' | lstrip }}",
        "{{ 'a' | nonsense }}",
        "{% nonsense %}",
        "{% include 'x' %}",
        "{{ ${} }}",
        "{{content_blocks.${footer}}}",
    ],
)
def test_what_cannot_be_rendered_says_so(source):
    with pytest.raises(LiquidError):
        render(source, ADA)


def test_check_names_the_line():
    with pytest.raises(LiquidError, match="line 3"):
        check("one\ntwo\n{{ three")
    check("{{${first_name}}} is fine")


def test_raw_can_be_refused():
    with pytest.raises(LiquidError, match="raw"):
        check("{% raw %}{% endraw %}", raw=False)


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in (1..100000000) %}x{% endfor %}",
        "{% for i in (1..9000) %}{% for j in (1..9000) %}{% endfor %}{% endfor %}",
        "{{ (1..1000000000) | reverse | first }}",
        "{% assign x = 'ab' %}" + "{% assign x = x | append: x %}" * 60,
        "{% assign x = 9 %}" + "{% assign x = x | times: x %}" * 60,
        "{% assign x = '" + "a" * 40_000 + "' %}{{ x | split: '' | join: x }}",
        "{% assign x = '" + "a" * 40_000 + "' %}{{ x | replace: 'a', x }}",
        "{{ 'now' | date: '%999999999d' }}",
        "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    ],
    ids=["loop", "nested loops", "range", "doubling", "powers", "join", "replace", "date", "nesting"],
)
def test_a_bomb_is_refused(source):
    with pytest.raises(LiquidError):
        render(source, ADA)


def test_comments_go_before_liquid_runs_but_outlooks_stay():
    html = "<!-- {{ broken --><!--[if mso]>x<![endif]--><p>a</p>"
    assert strip_comments(html) == "<!--[if mso]>x<![endif]--><p>a</p>"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="{}%$|'\" .:abif-raw()[]1\n", max_size=60))
def test_any_text_renders_aborts_or_is_refused(source):
    with suppress(LiquidError, Aborted):
        assert isinstance(render(source, ADA), str)
