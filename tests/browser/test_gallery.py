"""The gallery by mouse and by keyboard: files dropped with their progress, a part cut, a picture chosen for a campaign."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image as Pixels
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_accessibility import serious_findings

pytestmark = pytest.mark.browser
ADMIN, MANAGER = "nora.lindqvist@bluebird.example", "mia.keller@bluebird.example"
DROP = """(target, files) => {
  const carried = new DataTransfer();
  for (const { name, type, content } of files) {
    carried.items.add(new File([Uint8Array.from(atob(content), (char) => char.charCodeAt(0))], name, { type }));
  }
  target.dispatchEvent(new DragEvent("dragover", { dataTransfer: carried, bubbles: true, cancelable: true }));
  target.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""
#: The bars a page has shown, since they are gone as soon as an answer is there.
WATCH = """() => {
  window.barsSeen = 0;
  new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node.querySelector?.("progress")) window.barsSeen += 1;
    }
  }).observe(document.querySelector(".uploads"), { childList: true });
}"""


def picture(colour: str, width: int = 700, height: int = 900) -> bytes:
    kept = io.BytesIO()
    Pixels.new("RGB", (width, height), colour).save(kept, "JPEG")
    return kept.getvalue()


def drop(target: Locator, *files: tuple[str, bytes]) -> None:
    described = [
        {"name": name, "type": "image/jpeg", "content": base64.b64encode(content).decode()}
        for name, content in files
    ]
    target.evaluate(DROP, described)


def open_gallery(demo: Demo, page: Page) -> None:
    page.goto(demo.url("bluebird", "/library/gallery/"))
    expect(page.locator("[data-drop][data-wired]")).to_be_attached()


def uploaded(demo: Demo, page: Page, name: str, colour: str) -> None:
    """Leads to the page of a picture that is new in the gallery."""
    open_gallery(demo, page)
    drop(page.locator("[data-drop]"), (f"{name}.jpg", picture(colour)))
    page.locator(".upload").get_by_role("link", name=f"{name}.jpg").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_dropped_files_go_up_each_with_its_progress(demo: Demo, signed_in) -> None:
    page = signed_in(ADMIN)
    open_gallery(demo, page)
    page.evaluate(WATCH)
    drop(page.locator("[data-drop]"), ("Harbour.jpg", picture("navy")), ("Drawing.jpg", b"<svg></svg>"))

    expect(page.locator(".upload", has_text="Harbour.jpg")).to_contain_text("Added")
    expect(page.locator(".upload", has_text="Drawing.jpg")).to_contain_text("SVG drawings cannot be sent")
    expect(page.locator("#images .shot").first).to_contain_text("Harbour")
    assert page.evaluate("window.barsSeen") == 2


def test_a_part_is_cut_by_keyboard_alone(demo: Demo, signed_in) -> None:
    page = signed_in(ADMIN)
    uploaded(demo, page, "Lighthouse", "orange")
    page.get_by_role("link", name="1:1").click()
    stage = page.get_by_role("application")
    top, width = page.get_by_label("From the top"), page.get_by_label("Width")
    before = float(top.input_value())
    stage.focus()
    for _ in range(6):
        page.keyboard.press("-")
    expect(width).not_to_have_value("100")
    page.keyboard.press("Shift+ArrowDown")

    assert float(top.input_value()) > before
    page.get_by_role("button", name="Cut it out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The part is a picture of its own now.")).to_be_visible()


def test_a_picture_is_brought_described_cut_and_chosen_without_leaving_the_campaign(
    demo: Demo, signed_in
) -> None:
    page = signed_in(MANAGER)
    page.goto(demo.url("bluebird", "/campaigns/new/"))
    page.get_by_role("button", name="Use this: Event at your place").click()
    page.goto(f"{page.url.rpartition('compose/')[0]}compose/hero/")
    page.get_by_role("button", name="Choose a picture").click()
    chooser = page.locator("dialog[open] [data-choose]")
    chooser.locator("input[type=file]").set_input_files(
        [{"name": "Stall.jpg", "mimeType": "image/jpeg", "buffer": picture("purple")}]
    )
    chooser.get_by_label("In words").fill("Our stall at the market")
    chooser.get_by_role("button", name="Go on").click()
    expect(chooser.get_by_role("application")).to_be_visible()
    expect(chooser.get_by_role("heading", name="Cut to 3:2")).to_be_focused()
    chooser.get_by_role("button", name="Use this part").click()

    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[data-picture-alt]").first).to_have_value("Our stall at the market")
    assert page.locator("[data-picture-src]").first.input_value().startswith("stall-")


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_the_gallery_has_a_serious_finding(demo: Demo, chromium: Browser, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(demo.person(ADMIN)["url"])
    uploaded(demo, page, f"Anchor {width}", "maroon" if width > 400 else "olive")
    expect(page.get_by_text("Nowhere yet.")).to_be_visible()
    address, findings = page.url, {}
    for path in ("", "cut/?ratio=1:1", "uses/"):
        page.goto(f"{address}{path}")
        page.wait_for_load_state("networkidle")
        findings[path] = serious_findings(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is too wide"
    for path in ("", "upload/"):
        page.goto(demo.url("bluebird", f"/library/gallery/{path}"))
        expect(page.locator("[data-drop][data-wired]")).to_be_attached()
        drop(page.locator("[data-drop]"), (f"{'A name that nobody could shorten ' * 3}.jpg", b"no picture"))
        expect(page.locator(".upload[data-state=failed]")).to_be_visible()
        findings[f"gallery {path}"] = serious_findings(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"gallery {path} is too wide"
        )
    context.close()
    assert {name: found for name, found in findings.items() if found} == {}
