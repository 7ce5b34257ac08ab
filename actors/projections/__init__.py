"""actors/projections"""
