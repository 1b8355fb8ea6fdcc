"""Districts with their counts."""

from collections import Counter

from sqlalchemy.orm import Session

from storage.places.districts import district, districts
from storage.values.states import state_of
from tests.storage import oracle
from tests.storage.builder import Builder


def test_counts_agree_with_brute_force(builder: Builder, session: Session) -> None:
    known = oracle.made_up(builder, 200, seed=4)
    builder.finish()
    for found in districts(session):
        listed = [
            each.columns
            for each in known
            if found.slug in each.columns["districts"] and each.columns["status"] != "withdrawn"
        ]
        assert found.projects == len(listed)
        assert found.by_state == Counter(state_of(each["status"] or None) for each in listed)
        assert found.by_sector == Counter(each["sector"] or "unknown" for each in listed)


def test_facts_of_a_district(builder: Builder, session: Session) -> None:
    builder.district(
        "medeu", kato="751710000", population=220_000, population_on="2024-07",
        population_source="stat.gov.kz", lat_e6=43_253_200, lon_e6=76_957_000,
    )  # fmt: skip
    builder.district("talgar", area="almaty_region", name_en="Talgar")
    builder.finish()
    assert [each.slug for each in districts(session)] == ["medeu"]
    assert [each.slug for each in districts(session, None)] == ["medeu", "talgar"]
    found = district(session, "medeu")
    assert found is not None
    assert found.names.kk == "Медеу ауданы"
    assert (found.population, str(found.population_on)) == (220_000, "2024-07")
    assert found.point is not None
    assert found.point.latitude == 43.2532
    assert (found.projects, dict(found.by_state)) == (0, {})
    other = district(session, "talgar")
    assert other is not None
    assert (other.population, other.population_on, other.point) == (None, None, None)
    assert district(session, "nowhere") is None
