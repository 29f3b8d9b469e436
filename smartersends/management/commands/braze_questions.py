from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from branding.models import Brand
from branding.scope import brand_scope
from braze_client import BrazeError, InvalidRequest
from delivery.models import SendId
from workspace import asking, questions
from workspace.asking import Desk, Found, Step
from workspace.checking import Unreachable
from workspace.errors import HeldBack, NotConnected
from workspace.questions import BY_KEY, QUESTIONS, NoSuchAnswer
from workspace.services import braze_for, connected

#: Braze forgets a mailing's numbers after this.
COUNTED_FOR = timedelta(days=14)


class Command(BaseCommand):
    help = (
        "Asks a brand's Braze workspace what Braze's documentation leaves open, and keeps the answers. Says beforehand "
        "what it will do. Never a broadcast, never a message that could reach anybody but the tester you name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument(
            "--tester",
            default="",
            metavar="EXTERNAL_ID",
            help="a colleague's profile; without it nothing is scheduled",
        )
        parser.add_argument(
            "--near-times",
            action="store_true",
            help="also try times near now and past, for the tester, by messages that end themselves",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
        parser.add_argument(
            "--answer", action="append", default=[], metavar="QUESTION=ANSWER",
            help="keep what somebody saw in Braze, such as raw_tag=yes, and ask nothing",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(f"There is no brand '{options['brand']}'.")
        if options["near_times"] and not options["tester"]:
            raise CommandError("--near-times needs a --tester, who would be the only recipient.")
        if options["answer"]:
            self._keep(brand, options["answer"])
            return
        desk = self._desk(brand, options["tester"])
        steps = [each for each in asking.STEPS if self._is_possible(each, desk, options)]
        self.stdout.write(f"At {desk.workspace.endpoint}, for {brand.name}:")
        for step in steps:
            self.stdout.write(f"  · {step.says}")
        if not options["dry_run"]:
            self._ask(brand, desk, steps)
        self._tell_unanswered(brand)

    def _is_possible(self, step: Step, desk: Desk, options: dict[str, Any]) -> bool:
        given = {
            "": True, "tester": bool(desk.tester), "send": bool(desk.counted_send), "near times": options["near_times"],
        }  # fmt: skip
        return bool(given[step.needs])

    def _desk(self, brand: Brand, tester: str) -> Desk:
        with brand_scope(brand.pk):
            try:
                workspace = connected()
                braze = braze_for(workspace)
            except NotConnected as error:
                raise CommandError(str(error)) from error
            since = (timezone.now() - COUNTED_FOR).date()
            sends = SendId.objects.filter(
                is_known_to_braze=True, day__gt=since, day__lt=timezone.now().date()
            )
            send = sends.filter(campaign_id=workspace.campaign_id).order_by("-day", "number").first()
        return Desk(braze, workspace, tester, send.value if send else "")

    def _ask(self, brand: Brand, desk: Desk, steps: Iterable[Step]) -> None:
        """What was learned before a step fails is kept; the next step is asked all the same."""
        for step in steps:
            try:
                for found in step.ask(desk):
                    self._learn(brand, desk, found)
            except (BrazeError, HeldBack, InvalidRequest, Unreachable) as error:
                self.stderr.write(f"No clear answer: {step.says}\n    {error}")
        for schedule_id in desk.left_behind:
            self.stderr.write(
                f"Schedule {schedule_id} could not be deleted. It is for {desk.tester} alone, and its text ends itself."
            )

    def _learn(self, brand: Brand, desk: Desk, found: Found) -> None:
        with brand_scope(brand.pk):
            questions.learn(desk.workspace, found.question, found.answer, found.evidence)
        question = BY_KEY[found.question]
        self.stdout.write(f"{question.words} {question.answers[found.answer]} ({found.evidence})")

    def _keep(self, brand: Brand, answers: Iterable[str]) -> None:
        with brand_scope(brand.pk):
            try:
                workspace = connected()
                for each in answers:
                    key, _, answer = each.partition("=")
                    questions.learn(workspace, key.strip(), answer.strip(), "seen by a person")
            except (NotConnected, NoSuchAnswer) as error:
                raise CommandError(str(error)) from error
        self.stdout.write("Kept.")

    def _tell_unanswered(self, brand: Brand) -> None:
        with brand_scope(brand.pk):
            workspace = connected()
            unanswered = [each for each in QUESTIONS if questions.answer_of(workspace, each.key) is None]
        if unanswered:
            self.stdout.write("Without an answer, and so read as strictly as can be:")
        for each in unanswered:
            self.stdout.write(f"  · {each.words}  --answer {each.key}={'|'.join(each.answers)}")
