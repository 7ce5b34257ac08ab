"""Fault runs: a live server loses processes and connections, seeded, and its guarantees are checked afterwards."""
