"""How long digests are held and waited for, and how many are on the road at once."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from bot.running import FINISH_WITHIN_S

ROAD_S = 0.3  # a message's way to Telegram and back, generously
READY_S = 0.06  # from the claim to the departure, if nothing holds it up
FEWEST, MOST = 8, 256


@dataclass(frozen=True, slots=True)
class Times:
    """How long things are held and waited for. Tests shorten them."""

    lease: timedelta = timedelta(minutes=1)  # of the right to deliver: so long others stand by
    claim: timedelta = timedelta(minutes=3)
    renew_s: float = 15.0
    least_left_s: float = 45.0  # of a claim at departure; a call is given up after 30 s
    patience_s: float = 10.0  # a longer halt is not waited for with claims in the hand
    look_s: float = 10.0  # for what other processes planned
    report_s: float = 60.0
    pause_s: float = 1.0  # after a failure, twice as long after each more
    longest_pause_s: float = 60.0
    finish_s: float = FINISH_WITHIN_S
    doubt: timedelta = timedelta(minutes=15)  # before what is unknown is sent again


@dataclass(frozen=True, slots=True)
class Width:
    """How many digests are claimed at once, and how many of them may wait for their turn."""

    claims: int
    waiting: int

    @classmethod
    def of(cls, per_second: int) -> "Width":
        """As many as keep a rate full (0: none is set), for each may be in doubt after a kill."""
        if not per_second:
            return cls(4 * FEWEST, 4 * FEWEST)
        claims = min(MOST, max(FEWEST, ceil(per_second * ROAD_S)))
        return cls(claims, max(2, ceil(per_second * READY_S)))
