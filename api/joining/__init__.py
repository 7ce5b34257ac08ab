"""Joining: a link is claimed, consent is asked for and given."""
