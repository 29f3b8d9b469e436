"""The sealed message: everything Braze is given, fixed at the moment of scheduling."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel, ConfigDict

from audiences.rule import Rule


class Sealed(BaseModel):
    """Content and audience of one dispatch. Times and send id belong to the dispatch, not to what was approved."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str
    preheader: str
    from_: str
    reply_to: str
    html: str
    text: str
    headers: dict[str, str]
    app_id: str
    campaign_id: str
    variation_id: str
    variation_name: str
    audience: Rule

    def fingerprint(self) -> str:
        """SHA-256 over the canonical JSON."""
        return hashlib.sha256(json.dumps(self.model_dump(), sort_keys=True).encode()).hexdigest()
