"""Words that need a clause in many countries: what a brand may start its list with, and change as its lawyers say."""

from __future__ import annotations

from library.preflight.rules.finding import Severity
from library.preflight.rules.subject import Restriction

STARTER = (
    Restriction(
        r"\b\d+(?:[.,]\d+)?\s?%\s?(?:apr|interest|zins\w*)|\b(?:no|0)\s?(?:money )?down\b|\bmonthly (?:payments?|rates?)\b|\bratenzahlung\b",
        is_regex=True, severity=Severity.WARN, needs="terms apply|APR|effektiver Jahreszins|representative example",
        reason="Credit: such terms trigger further disclosures (US Regulation Z, UK FCA CONC 3, § 17 PAngV).",
    ),
    Restriction(
        r"\b(?:wine|beer|gin|whisky|vodka|prosecco|cocktails?|wein|bier|sekt|spirituosen)\b",
        is_regex=True, severity=Severity.WARN, needs="drink responsibly|18+|21+|over 18|ab 18|ab 16|verantwortungsvoll",
        reason="Alcohol: say for whom it is not.",
    ),
    Restriction(
        r"\b(?:sweepstakes?|prize draw|raffle|win an?|giveaway|gewinnspiel|verlosung)\b",
        is_regex=True, severity=Severity.WARN,
        needs="terms and conditions|no purchase necessary|official rules|teilnahmebedingungen",
        reason="Prizes: link the conditions.",
    ),
    Restriction(
        r"\b(?:cures?|heals?|treats?|prevents?) (?:cancer|diabetes|covid|depression|arthritis|pain)\b|\bheilt\b",
        is_regex=True, severity=Severity.BLOCK, needs="medicines authority|authorised health claim|Pflichtangaben",
        reason="Health: claims need an authorisation (EU 1924/2006, US FDA and FTC, HWG).",
    ),
    Restriction(
        r"\b(?:risk[- ]?free|guaranteed (?:returns?|profits?|income)|risikolos\w*|garantierte? rendite)\b",
        is_regex=True, severity=Severity.WARN, needs="capital at risk|past performance|kein verlässlicher Indikator",
        reason="Money: nothing is without risk.",
    ),
    Restriction(
        r"\b(?:free|gratis|kostenlos) (?:trial|month|testmonat|testphase)\b",
        is_regex=True, severity=Severity.WARN, needs="cancel any time|cancel anytime|then £|then $|then €|danach|jederzeit kündbar",
        reason="Free trials: say what follows.",
    ),
)  # fmt: skip
