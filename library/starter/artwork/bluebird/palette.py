"""The inks."""

from __future__ import annotations

TEAL, TEAL_MID, TEAL_SOFT, TEAL_PALE = "#0e4a5c", "#1f7086", "#9fcdd1", "#dcedeb"
NIGHT = "#0a3645"
APRICOT, RUST, BLUSH, CREAM, MILK = "#f4a765", "#d4683a", "#fbdfc4", "#fff5e8", "#fffdf8"
COFFEE, ROAST, CARAMEL, GOLD = "#6d412b", "#3e2519", "#b9783f", "#f7c86b"
