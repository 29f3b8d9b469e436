"""Braze's endpoints by subject, one method each. `braze_client.Braze` is all of them."""
