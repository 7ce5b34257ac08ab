"""What is measured, how well, and what was measured of the people in an interview."""
