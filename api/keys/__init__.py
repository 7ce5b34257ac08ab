"""The master keys from the command line."""
