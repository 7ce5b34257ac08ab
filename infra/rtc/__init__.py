"""infra/rtc"""
