"""What is asked next, and what an interview allows: pure decisions."""
