"""Numbers of a send or of a whole campaign, a day at a time."""

from __future__ import annotations

from .base import Answer, Listing, Mapped, Part


class VariationNumbers(Part):
    """One variation on one day. None means that Braze did not name the number, not that it is zero.

    Numbers of other channels, and those Braze adds, are in `model_extra`.
    """

    variation_name: str | None = None
    variation_api_id: str | None = None
    sent: int | None = None
    delivered: int | None = None
    opens: int | None = None
    unique_opens: int | None = None
    machine_open: int | None = None
    machine_amp_open: int | None = None
    clicks: int | None = None
    unique_clicks: int | None = None
    unsubscribes: int | None = None
    bounces: int | None = None
    reported_spam: int | None = None
    unique_recipients: int | None = None
    conversions: int | None = None
    conversions_by_send_time: int | None = None
    revenue: float | None = None

    def belongs_to(self, variation_id: str, variation_name: str | None = None) -> bool:
        """By id where the entry has one, else by name: Braze's pages disagree on which it gives."""
        if self.variation_api_id is not None:
            return self.variation_api_id == variation_id
        return variation_name is not None and self.variation_name == variation_name


class SendDay(Part):
    """A day (YYYY-MM-DD) of a send: per channel, an entry for each variation."""

    time: str
    messages: Mapped[Listing[VariationNumbers]] = {}
    unique_recipients: int | None = None
    conversions: int | None = None
    conversions_by_send_time: int | None = None
    revenue: float | None = None


class SendSeries(Answer):
    """Numbers of a send, or of a campaign over all its sends.

    Braze keeps those of a send for 14 days; afterwards `data` is empty, which is no error.
    """

    data: Listing[SendDay] = []

    def entries_for(
        self, variation_id: str, variation_name: str | None = None, *, channel: str = "email"
    ) -> list[tuple[str, VariationNumbers]]:
        """(day, numbers) of one variation, in the order given."""
        return [
            (day.time, entry)
            for day in self.data
            for entry in day.messages.get(channel, [])
            if entry.belongs_to(variation_id, variation_name)
        ]
