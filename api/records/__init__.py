"""The record from the command line."""
