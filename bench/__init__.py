"""Measurements: one script per claim; results in `bench/results`."""
