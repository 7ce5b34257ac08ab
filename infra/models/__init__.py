"""infra/models"""
