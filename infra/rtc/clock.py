"""Places media on the session clock.

A packet tells when it was made on a clock of the sender's own (the RTP timestamp), and arrives some time later, now
sooner and now more late. The smallest delay seen lately is taken for all: what then remains is the time between two
pictures as the camera saw it, without the jitter of the network, while a drift of the sender's clock is followed.
"""

from collections import deque

from schemas.media import MICROSECONDS, SessionTime

WRAP = 1 << 32
"""RTP timestamps are 32 bits wide (RFC 3550, 5.1)."""
WINDOW_US = 10 * MICROSECONDS
"""How long a smallest delay counts, in microseconds: long enough to meet a packet that had no delay of its own, short
enough that a drift of 100 ppm makes one millisecond."""


class MediaClock:
    """Maps the RTP timestamps of one track onto the session clock; never goes backwards."""

    def __init__(self, rate: int) -> None:
        """`rate`: ticks per second, 90,000 for video, 48,000 for Opus (RFC 3551, RFC 7587)."""
        self._rate = rate
        self._last_timestamp: int | None = None
        self._ticks = 0
        self._delays: deque[tuple[int, int]] = deque()
        self._newest = 0

    def place(self, timestamp: int, arrival: SessionTime) -> SessionTime:
        """When the media with `timestamp`, which arrived at `arrival`, was made; never later than `arrival` unless
        that would be before what was placed already."""
        media_us = self._unwrap(timestamp) * MICROSECONDS // self._rate
        delay = self._smallest_delay(media_us, arrival)
        self._newest = max(self._newest, min(media_us + delay, arrival))
        return SessionTime(self._newest)

    def _unwrap(self, timestamp: int) -> int:
        if self._last_timestamp is not None:
            step = (timestamp - self._last_timestamp) % WRAP
            self._ticks += step if step < WRAP // 2 else step - WRAP
        self._last_timestamp = timestamp
        return self._ticks

    def _smallest_delay(self, media_us: int, arrival: int) -> int:
        """Keeps delays that rise with time: each is the smallest of all that came after it."""
        delay = arrival - media_us
        while self._delays and self._delays[-1][1] >= delay:
            self._delays.pop()
        self._delays.append((arrival, delay))
        while self._delays[0][0] < arrival - WINDOW_US:
            self._delays.popleft()
        return self._delays[0][1]
