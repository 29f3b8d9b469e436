"""The inbox: what each recipient would have received, and what their clicks do."""

from __future__ import annotations

import re

import pytest

BODY = (
    "<html><head></head><body><p>Hi {{${first_name}}}</p><script>alert(1)</script>"
    '<a href="https://shop.example/menu?a=1&amp;b=2">Menu</a> <a href="javascript:alert(1)">no</a>'
    '<a href="{{${set_user_to_unsubscribed_url}}}">Unsubscribe</a></body></html>'
)
HEADERS = {
    "List-Unsubscribe": "<{{${set_user_to_one_click_list_unsubscribe}}}>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


@pytest.fixture
def delivered(braze):
    """The number of the mail Ada got."""
    braze.post("/sends/id/create", {"campaign_id": "campaign-1", "send_id": "d1"})
    schedule_id = braze.booked(
        send_id="d1", email={"body": BODY, "headers": HEADERS, "preheader": "A short line"}
    )
    braze.later(hours=1)
    return next(one["id"] for one in braze.deliveries(schedule_id) if one["external_id"] == "ada")


def counted(braze, metric):
    query = {"campaign_id": "campaign-1", "send_id": "d1", "length": 1}
    return braze.get("/sends/data_series", **query).json()["data"][0]["messages"]["email"][0][metric]


def unsubscribe_path(braze, delivered):
    page = braze.get(f"/inbox/{delivered}/html").text
    return re.search(r'href="http://sandbox\.test(/unsubscribe/[^"]+)"', page)[1]


def state(braze):
    asked = {"external_ids": ["ada"], "fields_to_export": ["email_subscribe"]}
    return braze.post("/users/export/ids", asked).json()["users"][0]["email_subscribe"]


def test_the_inbox_lists_sends_with_variation_and_counts(braze, delivered):
    page = braze.get("/").text
    assert "Leith Walk" in page
    assert "bluebird" in page
    assert '<td data-label="Delivered" class="number">3</td>' in page


def test_mails_are_found_by_address_and_by_send(braze, delivered):
    assert f"/inbox/{delivered}" in braze.get("/", to="ADA@example.org").text
    assert "bob@example.org" not in braze.get("/", to="ada@example.org").text
    assert "bob@example.org" in braze.get("/", send=1).text


def test_a_mail_shows_its_headers_and_its_recipient(braze, delivered):
    page = braze.get(f"/inbox/{delivered}").text
    for text in (
        "Bluebird &lt;leith@bluebird.example&gt;",
        "Hello Ada",
        "List-Unsubscribe-Post",
        "A short line",
        "store_id",
        "12",
    ):
        assert text in page


def test_its_html_is_shut_in(braze, delivered):
    answer = braze.get(f"/inbox/{delivered}/html")
    assert "Hi Ada" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy


def test_pages_run_no_script_and_no_inline_style(braze, delivered):
    for path in ("/", f"/inbox/{delivered}", "/activity", "/calls", "/calls/1", "/schedules"):
        answer = braze.get(path)
        assert answer.status_code == 200, path
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", answer.text), path


def test_what_people_wrote_is_escaped(braze):
    braze.post(
        "/users/track", {"attributes": [{"external_id": "ada", "first_name": "<img src=x onerror=alert(1)>"}]}
    )
    schedule_id = braze.booked()
    braze.later(hours=1)
    number = next(one["id"] for one in braze.deliveries(schedule_id) if one["external_id"] == "ada")
    assert "<img" not in braze.get("/", send=1).text + braze.get(f"/inbox/{number}").text


def test_plain_text_is_made_where_none_was_given(braze, delivered):
    assert braze.get(f"/inbox/{delivered}/text").text.startswith("Hi Ada")
    assert "Hi Ada" in braze.get(f"/inbox/{delivered}", view="text").text


def test_looking_at_a_mail_opens_it(braze, delivered):
    before = counted(braze, "opens"), counted(braze, "unique_opens")
    braze.get(f"/inbox/{delivered}")
    braze.get(f"/inbox/{delivered}")
    assert (counted(braze, "opens"), counted(braze, "unique_opens")) == (before[0] + 2, before[1] + 1)


def test_a_click_is_counted_and_goes_where_the_mail_points(braze, delivered):
    page = braze.get(f"/inbox/{delivered}/html").text
    [link] = re.findall(r'href="http://sandbox\.test(/click/[^"]+)"', page)
    answer = braze.get(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://shop.example/menu?a=1&b=2")
    assert (counted(braze, "clicks"), counted(braze, "unique_clicks")) == (1, 1)


@pytest.mark.parametrize(
    "path", ["/click/1-forged/0", "/click/1/0", "/click/x/0", "/click/99999999999999999999-x/0"]
)
def test_a_forged_link_leads_nowhere(braze, delivered, path):
    assert braze.get(path).status_code == 404


def test_only_links_of_that_mail_can_be_followed(braze, delivered):
    page = braze.get(f"/inbox/{delivered}/html").text
    link = re.search(r"/click/[^\"]+/", page)[0]
    assert braze.get(f"{link}1").status_code == 404


def test_unsubscribing_takes_a_confirmation_and_lasts(braze, delivered):
    path = unsubscribe_path(braze, delivered)
    assert "<button>Unsubscribe</button>" in braze.get(path).text
    assert state(braze) == "subscribed"
    assert "is now unsubscribed" in braze.http.post(path).text
    assert state(braze) == "unsubscribed"
    braze.http.post(path)
    assert counted(braze, "unsubscribes") == 1
    schedule_id = braze.booked()
    braze.later(hours=1)
    assert "ada" not in braze.receivers(schedule_id)


def test_one_click_works_without_a_page(braze, delivered):
    answer = braze.http.post(unsubscribe_path(braze, delivered), data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.text) == (200, "Unsubscribed.\n")
    assert state(braze) == "unsubscribed"


def test_a_forged_unsubscribe_link_does_nothing(braze, delivered):
    assert braze.http.post("/unsubscribe/1-0123456789abcdef0123456789abcdef").status_code == 404
    assert state(braze) == "subscribed"


def test_the_activity_page_says_who_got_nothing(braze):
    braze.booked(broadcast=None, audience=None, external_user_ids=["nobody"])
    braze.later(hours=1)
    assert "unknown user" in braze.get("/activity").text


def test_the_call_page_shows_what_was_sent_and_answered(braze):
    braze.create()
    page = braze.get("/calls/1").text
    assert "external_user_ids" not in page
    assert "&quot;broadcast&quot;: true" in page or '"broadcast": true' in page
    assert "dispatch_id" in page


def test_upcoming_messages_are_listed(braze):
    assert braze.booked() in braze.get("/schedules").text


def test_an_address_that_is_none_gets_a_page_or_json(braze):
    assert "<h1>Not found</h1>" in braze.http.get("/nope", headers={"Accept": "text/html"}).text
    assert braze.get("/nope").json() == {"message": "Not Found"}
    assert braze.get("/inbox/99").status_code == 404
