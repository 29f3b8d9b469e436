"""A mail opened in a real browser: did anything in it run?"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

#: In the page before anything else: what attacks call to show that they ran.
_WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (...said) => { ran.push(name + said); };
console.log = console.error = (...said) => { ran.push("console" + said); };
"""
#: Everything in it that a reader could set off is set off.
_TOUCH = """
for (const each of document.querySelectorAll("*")) {
  for (const kind of ["mouseover", "mouseenter", "mousemove", "focus", "focusin", "pointerover", "toggle", "animationstart"])
    each.dispatchEvent(new Event(kind, { bubbles: true }));
  if (/^\\s*javascript:/i.test(each.getAttribute("href") || each.getAttribute("action") || "")) each.click?.();
}
"""


def watched(context: BrowserContext) -> Page:
    """A page that fetches nothing and notes what runs."""
    context.route("**/*", lambda route: route.abort())
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.goto("about:blank")
    return page


def what_ran(page: Page, html: str) -> list[str]:
    """What the page's own code did; a page that left, or fell over, did something too."""
    try:
        page.evaluate("window.ran = []")
        page.set_content(html, wait_until="domcontentloaded")
        page.evaluate(_TOUCH)
        page.wait_for_timeout(20)  # error events of what could not be fetched
        said: list[str] = page.evaluate("window.ran")
    except PlaywrightError as error:
        return [str(error)]
    return said
