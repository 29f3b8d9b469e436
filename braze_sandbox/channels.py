"""How send analytics name channels and what they count of each."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = {"apple_push": "ios_push", "content_card": "content_cards"}

#: Metric of a channel: what stands for it here, "" for what never happens.
_SMS = {
    "sent": "sent",
    "sent_to_carrier": "sent",
    "delivered": "delivered",
    "rejected": "",
    "delivery_failed": "bounces",
    "clicks": "clicks",
    "opt_out": "unsubscribes",
    "help": "",
}
_PUSH = {
    "sent": "sent",
    "direct_opens": "unique_opens",
    "total_opens": "opens",
    "bounces": "bounces",
    "body_clicks": "clicks",
}
_METRICS = {
    "sms": _SMS,
    "apple_push": _PUSH,
    "android_push": _PUSH,
    "kindle_push": _PUSH,
    "web_push": _PUSH,
    "webhook": {"sent": "sent", "errors": "bounces"},
    "whats_app": {"sent": "sent", "delivered": "delivered", "failed": "bounces", "read": "unique_opens"},
    "content_card": {
        "sent": "sent",
        "total_clicks": "clicks",
        "total_dismissals": "",
        "total_impressions": "opens",
        "unique_clicks": "unique_clicks",
        "unique_dismissals": "",
        "unique_impressions": "unique_opens",
    },
}


def in_stats(channel: str) -> str:
    """What /sends/data_series and /campaigns/data_series call a channel of ``messages``."""
    return _NAMES.get(channel, channel)


def metrics(channel: str, counts: Mapping[str, int]) -> dict[str, int]:
    """``counts``, kept under the names of e-mail's metrics, under those of the channel."""
    if channel not in _METRICS:
        return dict(counts)
    return {name: counts.get(source, 0) for name, source in _METRICS[channel].items()}
