"""One holder at a time; a dead one's lease ends by itself."""

from datetime import timedelta

from sqlalchemy.orm import Session

from storage.digests.leases import Held, give_back, held, take
from tests.storage.builder import NOW

MINUTE = timedelta(minutes=1)


def test_a_lease_has_one_holder_until_it_ends_or_is_given_back(session: Session) -> None:
    assert held(session, "delivery", NOW) is None
    assert take(session, "delivery", "one", NOW, MINUTE)
    assert not take(session, "delivery", "two", NOW + MINUTE / 2, MINUTE)
    assert take(session, "other", "two", NOW, MINUTE)
    assert take(session, "delivery", "one", NOW + MINUTE / 2, MINUTE)  # for longer
    assert held(session, "delivery", NOW + MINUTE) == Held("one", NOW + MINUTE * 1.5)
    assert held(session, "delivery", NOW + 2 * MINUTE) is None
    assert take(session, "delivery", "two", NOW + 2 * MINUTE, MINUTE)
    assert not give_back(session, "delivery", "one")
    assert give_back(session, "delivery", "two")
    assert take(session, "delivery", "one", NOW + 2 * MINUTE, MINUTE)
