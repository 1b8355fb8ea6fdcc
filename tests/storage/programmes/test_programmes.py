"""Programmes: the tree, what of them is in the list, promises beside what was reached."""

from collections import Counter

from sqlalchemy.orm import Session

from storage.programmes.programmes import programme, programmes
from storage.values.states import state_of
from tests.storage import oracle
from tests.storage.builder import Builder


def test_each_programme_is_followed_by_those_below_it(builder: Builder, session: Session) -> None:
    builder.programme("roads", "roadmap")
    builder.programme("budget")
    builder.programme("roadmap", starts_on="2021", ends_on="2025", planned_kzt=2_600_000_000_000)
    builder.programme("bridges", "roads")
    builder.programme("orphan", "never stated")
    found = programmes(session)
    assert [(each.code, each.depth) for each in found] == [
        ("budget", 0),
        ("roadmap", 0),
        ("roads", 1),
        ("bridges", 2),
        ("orphan", 0),
    ]
    assert (found[1].planned_kzt, str(found[1].ends_on)) == (2_600_000_000_000, "2025")
    assert (found[2].parent, found[1].parent, found[2].planned_kzt) == ("roadmap", None, None)


def test_counts_take_in_sub_programmes_once(builder: Builder, session: Session) -> None:
    known = oracle.made_up(builder, 150, seed=12)
    builder.finish()
    for found in programmes(session):
        codes = oracle.BELOW.get(found.code, {found.code})
        states = Counter(
            state_of(each.columns["status"] or None)
            for each in known
            if codes & set(each.columns["programmes"]) and each.columns["status"] != "withdrawn"
        )
        assert found.projects == states.total()
        card = programme(session, found.code)
        assert card is not None
        assert card.by_state == states


def test_promised_and_reached_stand_side_by_side(builder: Builder, session: Session) -> None:
    builder.programme(
        "roadmap", summary_en="113 measures", source_id=builder.source("Karasayinfo"),
        stated_on="2021-04",
    )  # fmt: skip
    builder.programme("roads", "roadmap")
    say = builder.indicator
    say("roadmap", "sme_share", 37.8, year=2025, unit="percent", name_en="SME share")
    say("roadmap", "sme_share", 35.1, value_type="actual", year=2024, stated_on="2025-02")
    say("roadmap", "sme_share", 34.0, value_type="actual", year=2023, stated_on="2024-02")
    say("roadmap", "sme_share", 20.0, value_type="actual", year=2025, district="medeu")
    say("roadmap", "sme_share", 30.0, value_type="baseline", year=2020)
    say("roadmap", "sme_share", 40.0, value_type="limit")
    say("roadmap", "villages", 118, position=1, source="vlast")
    say("roads", "km", 4_000)
    found = programme(session, "roadmap")
    assert found is not None
    assert (found.summaries.en, str(found.stated_on)) == ("113 measures", "2021-04")
    assert found.source is not None
    assert found.source.title == "Karasayinfo"
    assert [each.code for each in found.children] == ["roads"]
    share, villages = found.indicators
    assert (share.code, share.names.en, share.unit) == ("sme_share", "SME share", "percent")
    assert [(each.value, each.year) for each in share.promised] == [(40.0, None), (37.8, 2025)]
    assert [each.value for each in share.reached] == [34.0, 35.1, 20.0]
    assert [each.value for each in share.baseline] == [30.0]
    assert share.latest is not None
    assert (share.latest.value, share.latest.district) == (35.1, None)
    assert villages.latest is None
    assert villages.promised[0].source.title == "vlast"
    assert found.facts.indicators == 2


def test_unknown_programme(builder: Builder, session: Session) -> None:
    builder.programme("bare")
    bare = programme(session, "bare")
    assert bare is not None
    assert (bare.source, bare.stated_on, bare.indicators, bare.children) == (None, None, (), ())
    assert programme(session, "nobody") is None
