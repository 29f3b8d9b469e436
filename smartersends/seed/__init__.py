"""The demo: two brands with their networks, people, Braze workspaces and sixty days of campaigns.

Each part is made once and then left to the people who use it; a second run adds only what is missing altogether.
"""
