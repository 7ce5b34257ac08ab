"""What is said inside Intact and across its borders: pure data, no I/O."""
