"""Interviews: create, look at, invite to, end."""
