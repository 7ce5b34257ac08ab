"""A recorded file through the same detectors, decisions and log as a live interview."""
