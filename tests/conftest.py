"""What all tests share."""

from hypothesis import HealthCheck, settings

# The suite shares two cores with the servers it starts: slow generation says nothing about the code.
settings.register_profile("intact", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("intact")
