"""actors/detectors"""
