"""Template to HTML and text, warm: `python -m benchmarks.render [rounds] [folder]` prints a Markdown table.

A twelve-module newsletter with real texts. In turns with it, each on the same template: mrml alone and npm's `mjml` on
the very MJML that the engine hands over, and `juice` (npm) and `premailer` (PyPI), which put the style sheet of the
finished page inline. The packages are installed into `folder` (else a temporary one). Processor time, so that
neighbours on the machine weigh less; medians over the rounds, ratios within each round.
"""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mrml

from benchmarks.peers import Peer, started
from library.engine import (
    Identity,
    Image,
    ModuleSpec,
    Profile,
    RenderContext,
    TemplateSpec,
    Theme,
    document,
    render,
)

CALLS = 40
#: A peer's calls a round: some take a hundred times as long.
PEER_CALLS = 4
DIFFERENT = 600
TEXT = (
    "<p>The first <strong>maple lattes</strong> leave the counter on Monday. We cook the syrup ourselves, slowly, with "
    "a pinch of salt and a stick of cinnamon, and it stays on the board until the leaves are down.</p>"
    "<ul><li>Hot or over ice</li><li>With oat milk at no extra charge</li></ul>"
    '<p>Ask <a href="https://www.example.org/people">Ann and her team</a> what else is new.</p>'
)
MJML = """
<mj-wrapper padding="16px 24px"><mj-section>
[% if picture %]<mj-column width="40%"><mj-image src="[[ picture.url ]]" alt="[[ picture.alt ]]" /></mj-column>[% endif %]
<mj-column width="[[ 60 if picture else 100 ]]%">
<mj-text><h2 style="margin:0;font-family:[[ theme.heading_font ]]">[[ headline ]]</h2></mj-text>
<mj-text color="[[ theme.accent if tone == 'loud' else theme.text ]]">[[ body ]]</mj-text>
[% if more %]<mj-button href="[[ more.url ]]">[[ more.label ]]</mj-button>[% endif %]
[% for line in profile.opening_hours %]<mj-text color="[[ theme.muted ]]">[[ line ]]</mj-text>[% endfor %]
</mj-column></mj-section></mj-wrapper>
"""
PLAIN = "[[ headline ]]\n\n[[ body ]]\n[% if more %][[ more.label ]]: [[ more.url ]][% endif %]\n"
BUTTON = {"label": "See the autumn menu", "url": "https://www.example.org/menu/autumn?from=mail&week=41"}


def newsletter() -> tuple[TemplateSpec, dict[str, Any]]:
    fields: list[dict[str, Any]] = [
        {"key": "headline", "type": "text", "label": "Headline"},
        {"key": "body", "type": "rich_text", "label": "Text", "marks": ["bold", "link", "bullet_list"]},
        {"key": "picture", "type": "image", "label": "Picture", "display_width": 220},
        {"key": "more", "type": "button", "label": "Button"},
        {
            "key": "tone",
            "type": "choice",
            "label": "Tone",
            "options": [{"value": value, "label": value} for value in ("calm", "loud")],
        },
    ]
    modules = {
        f"story{number}": ModuleSpec.model_validate(
            {"slug": f"story{number}", "name": "Story", "fields": fields, "mjml": MJML, "text": PLAIN}
        )
        for number in range(12)
    }
    placements = [
        {"key": slug, "module": slug, "open": [{"field": str(field["key"])} for field in fields]}
        for slug in modules
    ]
    envelope = {"values": {"subject": "Autumn is here", "preheader": "Maple, cinnamon and long evenings"}}
    story = {"headline": "The maple latte is back", "body": TEXT, "picture": {"src": "cup"}, "more": BUTTON}
    spec = {"name": "Newsletter", "envelope": envelope, "placements": placements, "modules": modules}
    return TemplateSpec.model_validate(spec), dict.fromkeys(modules, story)


def surroundings() -> RenderContext:
    theme = Theme(
        primary="#0b5563",
        on_primary="#ffffff",
        accent="#ffb27a",
        on_accent="#1f2a2e",
        background="#f6efe7",
        surface="#ffffff",
        text="#1f2a2e",
        muted="#56646a",
        line="#e2d8cc",
        link="#0b5563",
        heading_font="Georgia, serif",
        body_font="Arial, sans-serif",
    )
    profile = Profile(
        name="Bluebird Leeds", sender_address="leeds@example.org", opening_hours=("Mon–Fri 7–18",)
    )
    cup = Image(url="https://img.example.org/cup.jpg", width=1200, height=800, alt="A cup")
    return RenderContext(
        theme=theme, identity=Identity(legal_name="Bluebird Ltd"), profile=profile, images={"cup": cup}
    )


def handed_over(spec: TemplateSpec, values: dict[str, Any], context: RenderContext) -> str:
    """The MJML that the engine gives to mrml for this mail."""
    seen: list[str] = []
    compile_mjml = document._mrml
    document._mrml = lambda source: seen.append(source) or compile_mjml(source)  # type: ignore[func-returns-value]
    render(spec, values, context)
    document._mrml = compile_mjml
    return seen[0]


def milliseconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    for _ in range(CALLS):
        work()
    return (time.thread_time() - start) / CALLS * 1_000


def different(spec: TemplateSpec, values: dict[str, Any], context: RenderContext) -> float:
    """Campaigns a core and minute, each with words, links and a group of its own, so that no cache knows them."""
    start = time.thread_time()
    for number in range(DIFFERENT):
        group = context.profile.model_copy(update={"name": f"Bluebird {number}"})
        render(spec, _own(values, number), context.model_copy(update={"profile": group}))
    return DIFFERENT / (time.thread_time() - start) * 60


def _own(values: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        place: {
            **story,
            "headline": f"{story['headline']} {number} {place}",
            "body": TEXT.replace("Monday", f"day {number} of {place}"),
            "more": {**BUTTON, "url": f"{BUTTON['url']}&campaign={number}&part={place}"},
        }
        for place, story in values.items()
    }


def main(rounds: int, folder: Path) -> None:
    (spec, values), context = newsletter(), surroundings()
    source = handed_over(spec, values, context)
    mail = render(spec, values, context)
    assert mail.html.count("The maple latte is back") == mail.text.count("The maple latte is back") == 12
    peers = started(
        folder, _file(folder / "newsletter.mjml", source), _file(folder / "newsletter.html", mail.html)
    )
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in ("mrml", *(peer.name for peer in peers))}
    for _ in range(rounds):
        ours.append(milliseconds(lambda: render(spec, values, context)))
        theirs["mrml"].append(milliseconds(lambda: mrml.to_html(source)))
        for peer in peers:
            theirs[peer.name].append(peer.milliseconds(PEER_CALLS))
    rate = statistics.median(different(spec, values, context) for _ in range(3))
    _end(peers)
    print(f"12 modules, {len(mail.html.encode()) // 1024} KB HTML + text, Python {platform.python_version()}")
    print("| who | CPU ms, median (range) | times ours (range) |\n| --- | ---: | ---: |")
    print(f"| ours: HTML + text | {_spread(ours)} | 1 |")
    for name, times in theirs.items():
        print(
            f"| {name} | {_spread(times)} | {_spread([one / our for one, our in zip(times, ours, strict=True)])} |"
        )
    print(f"Different campaigns a core and minute: {rate:,.0f}")


def _file(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def _end(peers: list[Peer]) -> None:
    for peer in peers:
        peer.end()


def _spread(times: list[float]) -> str:
    return f"{statistics.median(times):.2f} ({min(times):.2f}–{max(times):.2f})"


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    if len(sys.argv) > 2:
        main(many, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(many, Path(temporary))
