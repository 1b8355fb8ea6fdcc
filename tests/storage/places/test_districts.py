"""Districts with their counts."""

from collections import Counter

from sqlalchemy.orm import Session

from storage.places.districts import district, districts, spread
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


def test_where_all_are_adds_up(builder: Builder, session: Session) -> None:
    known = [each.columns for each in oracle.made_up(builder, 200, seed=5)]
    builder.finish()
    listed = [each for each in known if each["status"] != "withdrawn" and each["area"] == "almaty"]
    nowhere = [each for each in listed if not each["districts"]]
    citywide = [each for each in nowhere if each["location_precision"] == "city"]
    found = spread(session)
    assert found.districts == len(districts(session))
    assert found.in_districts == len(listed) - len(nowhere)
    assert (found.citywide, found.unstated) == (len(citywide), len(nowhere) - len(citywide))
    assert found.projects == len(listed)


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
