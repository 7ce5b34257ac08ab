"""A person's rights over what is recorded about them: to see all of it, and to have it erased."""
