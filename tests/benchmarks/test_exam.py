"""The exam's judge: what it calls right, wrong and declined, and what a file of questions needs."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.exam.check import faults, lines
from benchmarks.exam.city import DAY, Project, build, table
from benchmarks.exam.judge import judge
from benchmarks.exam.reply import read_reply
from benchmarks.exam.spec import Spec, meant

CITY = build(0)
QUESTIONS = Path(__file__).parents[2] / "benchmarks/exam/questions"


def of(**wanted: str) -> list[Project]:
    return [
        each for each in CITY if all(getattr(each, name) == value for name, value in wanted.items())
    ]


SCHOOL = next(each for each in of(kind="school", status="planned") if each.planned and each.due)
PARKS = of(kind="park", status="completed")
OTHER = next(each for each in of(kind="school") if each is not SCHOOL)


def outcome(spec: Spec, *texts: str, language: str = "en", labels: Sequence[str] = ()) -> str:
    reply = read_reply(texts, labels, CITY)
    return judge(spec, reply, CITY, DAY, language).outcome


def test_the_same_seed_makes_the_same_city() -> None:
    assert table(build(5)) == table(build(5))
    assert table(build(5)) != table(build(6))
    assert len({each.id for each in CITY}) == len(CITY) > 150


def test_a_date_of_one_project() -> None:
    spec = {"intent": "when", "project": SCHOOL.id}
    day = SCHOOL.due
    assert day is not None
    told = f"🏫 {SCHOOL.title_en}\n📅 Due: {day.day} {day:%B} {day.year} [1]"
    assert outcome(spec, told) == "right"
    assert outcome(spec, told.replace(str(day.year), "2031")) == "wrong"
    assert outcome(spec, told.replace(SCHOOL.title_en, OTHER.title_en)) == "wrong"
    assert (
        outcome(spec, f"1. 🏫 {SCHOOL.title_en}\n2. 🏫 {OTHER.title_en}\nWhich one?") == "declined"
    )
    assert outcome(spec, "<b>I did not understand the question.</b>") == "declined"


def test_a_sum_may_be_rounded_as_words_are() -> None:
    spec = {"intent": "budget", "project": SCHOOL.id}
    planned = SCHOOL.planned or 0
    assert outcome(spec, f"{SCHOOL.title_en}\nPlan: {planned / 1e9:.2f}\u00a0bn\u00a0₸") == "right"
    assert outcome(spec, f"{SCHOOL.title_en}\nPlan: {planned / 1e9 * 1.1:.2f} bn ₸") == "wrong"


def test_a_list_names_its_own_and_no_others() -> None:
    spec = {"intent": "list", "where": {"kind": ["park"], "status": ["completed"]}}
    own = "\n".join(f"{n}. 🌳 {each.title_en}" for n, each in enumerate(PARKS[:3], 1))
    assert outcome(spec, own) == "right"
    assert outcome(spec, f"{own}\n4. 🏫 {SCHOOL.title_en}") == "wrong"
    assert outcome(spec, "No such project is in the list.") == "wrong"
    assert outcome(spec, f"1. 🌳 {PARKS[0].title_en}") == "declined"


def test_a_title_that_is_cut_is_still_named() -> None:
    title = SCHOOL.title_en
    reply = read_reply([f"1. 🏫 {title[:7]}…{title[-6:]}\nplanned"], (), CITY)
    assert reply.named == (SCHOOL.id,)


def test_a_number_counts_and_no_year_does() -> None:
    spec = {"intent": "count", "where": {"kind": ["park"], "status": ["completed"]}}
    assert outcome(spec, f"Completed in Almaty: {len(PARKS)} parks.") == "right"
    assert outcome(spec, f"Completed in Almaty: {len(PARKS) + 1} parks.") == "wrong"
    assert outcome(spec, "I cannot count.") == "declined"


@pytest.mark.parametrize(("begins", "verdict"), [("No. ", "right"), ("", "declined")])
def test_yes_or_no_stands_first(begins: str, verdict: str) -> None:
    spec = {"intent": "status", "project": SCHOOL.id, "yes": False}
    told = f"I understood: in which state\n{begins}{SCHOOL.title_en}\n📝 planned"
    assert outcome(spec, told) == verdict


def test_both_questions_of_a_message_are_answered() -> None:
    spec = {
        "intent": "budget",
        "project": SCHOOL.id,
        "also": [{"intent": "where_is", "project": SCHOOL.id}],
    }
    money = f"{SCHOOL.title_en}\nPlan: {(SCHOOL.planned or 0) / 1e9:.3f} bn ₸"
    assert outcome(spec, f"{money}\n📍 {SCHOOL.district.title()} district") == "right"
    assert outcome(spec, money) == "declined"


def test_what_must_not_be_answered() -> None:
    named = f"🏫 {SCHOOL.title_en}"
    assert outcome({"intent": "oos"}, named) == "wrong"
    assert outcome({"intent": "oos"}, "I do not know about the weather") == "right"
    assert outcome({"intent": "silence"}, "Hello") == "wrong"
    assert outcome({"intent": "silence"}) == "right"
    assert outcome({"intent": "unknown_place"}, named) == "wrong"
    assert outcome({"intent": "near"}, "Send me your location") == "right"


def test_the_first_district_wins() -> None:
    roads = {"intent": "group", "where": {"kind": ["road"]}}
    count = {each.district: len(of(kind="road", district=each.district)) for each in CITY}
    best = max(count, key=lambda slug: count[slug])
    least = min(count, key=lambda slug: count[slug])
    assert outcome(roads, f"Most: {best.title()} district – {count[best]} roads") == "right"
    assert outcome(roads, f"Most: {least.title()} district – 9 roads") == "wrong"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"lang": "de"}, "lang"),
        ({"spec": {"intent": "when", "project": "X-1"}}, "needs a project"),
        ({"spec": {"intent": "list", "where": {"colour": ["red"]}}}, "no such filters"),
        ({"spec": {"intent": "list", "where": {"kind": ["castle"]}}}, "kind has no"),
        ({"spec": {"intent": "list", "where": {"completed": "yesterday"}}}, "is no period"),
        ({"spec": {"intent": "list", "where": {"place": "Атлантида"}}}, "no project fits"),
    ],
)
def test_a_bad_line_is_told_of(change: dict[str, object], told: str) -> None:
    line = {"id": "1", "lang": "ru", "manner": "clean", "writer": "w", "seed": 0, "text": "?"}
    line |= {"spec": {"intent": "near"}}
    assert not list(faults(line))
    assert any(told in each for each in faults(line | change))


def test_the_shipped_questions_can_be_answered() -> None:
    for path in sorted(QUESTIONS.rglob("*.jsonl")):
        for number, question in lines(path):
            assert not list(faults(question)), f"{path.name}:{number}"


def test_filters_are_those_of_the_list() -> None:
    late = meant({"intent": "list", "where": {"overdue": True}}, CITY, DAY)
    assert late
    assert all(each.due and each.due < DAY and each.status != "completed" for each in late)
