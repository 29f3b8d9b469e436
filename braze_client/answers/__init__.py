"""What Braze answers, one model an answer."""
