"""Answers drawn from facts: unknown is said, nothing is added up, buttons carry the question."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answers.follow_ups import changed, numbered, picked
from handlers.answers.stored_question import packed, unpacked
from handlers.answers.sums import compared
from handlers.answers.views.buttons import ACTS, Pressed, read_pressed, slot_buttons
from handlers.answers.views.comparison import compare_screen, rank_screen
from handlers.answers.views.indicators import figures_screen
from handlers.answers.views.lists import AnswerContext, Elsewhere, list_screen, sources_screen
from handlers.answers.views.project import OfProject, project_screen
from handlers.answers.views.ranking import overdue_screen, top_screen
from handlers.answers.views.small_talk import example_rows, other_screen, read_example, unclear_rows
from handlers.answers.views.sums import per_resident_screen, total_screen
from handlers.frame.screens import Screen
from handlers.frame.texts import LANGUAGES, Language, texts_for
from handlers.understanding.question import INTENTS, Evidence, PlaceName, Question
from handlers.views.names import Names
from storage.news.recent import Late
from storage.programmes.indicators import IndicatorRow
from storage.projects.budgets import Population
from storage.projects.comparison import Group, Place, Ranking
from storage.projects.figures import PerResident, Ranked, Top, Undated
from storage.projects.sums import Money
from storage.values.pages import Page
from storage.values.ranges import Amount, Period
from storage.values.titles import Titles
from tests.handlers.build import AKIMAT, NEWSPAPER, TODAY, card, fact, funds, listed, on, total

NOTHING = Elsewhere({}, Undated(0, 0))


def asking(question: Question) -> AnswerContext:
    return AnswerContext(texts_for(question.language), Names(), question, 7, TODAY)


def text_of(screen: Screen) -> str:
    return screen.text.unescape().replace("\N{NO-BREAK SPACE}", " ")


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.rows for button in row]


def data(screen: Screen) -> list[str]:
    return [button.data or "" for row in screen.rows for button in row]


# One project -------------------------------------------------------------------------------------


def answered(intent: str, language: Language = "en", **project: object) -> str:
    question = Question(intent, language, projects=(7,))  # type: ignore[arg-type]
    facts = {
        name: (fact(str(value), "2025-03-02"),)
        for name, value in project.items()
        if name != "contractor" and value is not None
    }
    contractor = str(project.pop("contractor", ""))
    if contractor:
        facts["contractor"] = (fact(contractor, "2025-03-02", AKIMAT),)
    one = card(listed(**project), facts=facts, contractor=contractor)
    told = OfProject(texts_for(language), Names(), question, one, TODAY)
    return text_of(project_screen(told, "q:7:p0"))


def test_each_sum_stands_by_itself_and_an_unknown_one_is_called_so() -> None:
    said = answered("cost", planned_kzt=12_980_000_000, contracted_kzt=0)
    assert "💰 Plan: <b>12.98 bn ₸</b>" in said
    assert "📄 Contract: <b>0 ₸</b>" in said
    assert "💸 Spent: <b>not known</b>" in said
    assert "Вечерний Алматы</a> – 2 March 2025" in said


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        ("cost", "What it costs is not known"),
        ("when", "When it will be finished is not known"),
        ("who", "Who builds it is not known"),
    ],
)
def test_what_nobody_said(intent: str, words: str) -> None:
    assert words in answered(intent)


def test_when() -> None:
    late = answered("when", due_on="2025-11-10", heard_on="2025-03-02")
    assert "📅 Due: <b>10 November 2025</b>" in late
    assert "10 days late" in late
    assert "ast heard: 2 March 2025" in late
    done = answered("when", status="completed", completed_on="2025-08")
    assert "<b>August 2025</b>" in done
    assert "not known" not in done
    assert "but the day is not known" in answered("when", status="completed")


def test_who_and_where() -> None:
    assert "👷 Contractor: <b><i>LLP</b>" in answered("who", contractor="<i>LLP")
    where = answered("where", "ru")
    assert "📍 <b>Наурызбайский район</b>" in where
    assert "Шұғыла ш/а" in where


# Lists -------------------------------------------------------------------------------------------


def test_a_list_says_first_what_was_understood_and_keeps_its_sources_behind_the_dots() -> None:
    question = Question("list", "kk", kinds=("school",), districts=("nauryzbay",))
    screen = list_screen(
        asking(question), Page((listed(),), 1, 0), Elsewhere({"building": 1}, Undated(2, 3))
    )
    lines = text_of(screen).splitlines()
    assert lines[0] == "<i>Түсіндім: мектеп · Наурызбай</i>"
    assert lines[1] == "<b>Наурызбай ауданында тізім бойынша 1 мектеп бар.</b>"
    assert "Салынып жатыр: 1" in lines[2]
    assert "2 жобаның күні дәл айтылмаған" in lines[3]
    assert "3 жобаның күні белгісіз" in lines[3]
    assert data(screen) == ["p:7:q:7:p0", "q:7:y0", "q:7:m0"]
    assert screen.more is not None
    assert [button.data for button in screen.more.buttons] == ["q:7:c0"]


def test_each_source_of_a_list_stands_at_its_row() -> None:
    told = {
        "status": (fact("completed", "2025-10-23", NEWSPAPER),),
        "due_on": (fact("2025", "2024-01-05", AKIMAT),),
    }
    cards = [
        card(listed(heard_on="2025-10-23"), facts=told),
        card(listed(id=8, titles=Titles("Саябақ"))),
    ]
    said = text_of(sources_screen(asking(Question("list", "kk")), cards)).splitlines()
    first = said.index("<b>1. Мектеп</b>")
    assert "Вечерний Алматы" in said[first + 1]
    assert "2025 жылғы 23 қазан" in said[first + 1]
    assert "Акимат" not in said[first + 1]  # it told of an earlier state
    second = said.index("<b>2. Саябақ</b>")
    assert said[second + 1] == "дереккөзі аталмаған · күні көрсетілмеген"


def test_an_empty_list_tells_what_there_is_elsewhere() -> None:
    question = Question("list", "en", kinds=("bridge",), states=("building",))
    elsewhere = Elsewhere({"completed": 2}, Undated(0, 0), in_region=1)
    screen = list_screen(asking(question), Page((), 0, 0), elsewhere)
    said = text_of(screen)
    assert "No project is in that state." in said
    assert "No such project" not in said  # there are, as the next line says
    assert "In other states: ✅ Completed: 2" in said
    assert "In Almaty region: 1 bridge" in said
    assert data(screen)[0] == "q:7:a0"


def test_overdue_says_by_how_much_and_since_when() -> None:
    late = Late(listed(due_on="2025-08"), 81, on("2024-08-22"), on("2025-03"), on("2025-01-05"))
    said = text_of(overdue_screen(asking(Question("overdue", "ru")), Page((late,), 1, 0)))
    assert "Просрочено в Алматы: 1 проект." in said
    assert "Просрочено на 81 день" in said
    assert "август 2025" in said


def test_the_first_of_an_order_with_its_value_and_coverage() -> None:
    question = Question("top", "en", order="largest", limit=1, kinds=("school",))
    found = Top((Ranked(listed(), 2500.0),), known=3, total=9, unit="seats", offset=0)
    screen = top_screen(asking(question), found)
    said = text_of(screen)
    assert "The largest: School – 2,500 places" in said
    assert "known for 3 of 9 projects" in said
    assert "▶️" not in labels(screen)  # one was asked for
    none = Top((), known=0, total=9, unit="", offset=0)
    assert "<b>Not known:</b>" in text_of(top_screen(asking(question), none))


# Money -------------------------------------------------------------------------------------------


def test_sums_with_coverage_never_added_up() -> None:
    sums = total("all", 9, (7, 1_000), (2, 500))
    said = text_of(total_screen(asking(Question("total", "kk")), sums, None))
    assert "Жоспар: 9 жобаның 7-сінде белгілі · <b>1 мың ₸</b>" in said
    assert "Келісімшарт: 9 жобаның 2-сінде белгілі · <b>500 ₸</b>" in said
    assert "💸 Жұмсалғаны: белгісіз" in said
    assert "1,5 мың" not in said
    assert "инвестор" not in said


def test_private_money_stands_apart() -> None:
    private = funds(3, (2, 208_300_000_000))
    sums = total("all", 9, (7, 1_000_000), private=private)
    said = text_of(total_screen(asking(Question("total", "en")), sums, None))
    assert "Plan: known for 7 of 9 projects · <b>1 mn ₸</b>" in said
    apart = "Private investors, apart: plan – known for 2 of 3 projects · <b>208.3 bn ₸</b>"
    assert apart in said
    unnamed = total("all", 9, (7, 1_000_000), private=funds(3))
    said = text_of(total_screen(asking(Question("total", "ru")), unnamed, None))
    assert "частных инвесторов, отдельно: 3, суммы источники не называют" in said
    only = total("all", 0, private=private)
    said = text_of(total_screen(asking(Question("total", "kk")), only, None))
    assert "Жеке инвесторлар, бөлек: жоспар – 3 жобаның 2-сінде белгілі · <b>208,3 млрд ₸" in said
    assert "Дереккөздерде" not in said


def test_the_named_sum_first_and_the_others_only_where_it_is_unknown() -> None:
    sums = total("all", 9, (7, 1_000))
    planned = asking(Question("total", "en", money="planned"))
    assert "Contract" not in text_of(total_screen(planned, sums, None))
    spent = text_of(total_screen(asking(Question("total", "en", money="spent")), sums, None))
    plan = spent.index("Plan: known for 7 of 9 projects · <b>1 thousand ₸</b>")
    assert spent.index("💸 Spent: not known") < plan


def test_per_resident_needs_residents() -> None:
    sums = total("all", 9, (7, 10_000))
    asked = asking(Question("per_resident", "en"))
    said = text_of(
        per_resident_screen(
            asked, PerResident(sums, Population(4, on("2024-11-01"), NEWSPAPER)), None
        )
    )
    assert "per resident: 2,500 ₸" in said
    assert "1 November 2024" in said
    few = total("all", 9, (4, 10_000))
    people = Population(4, on("2024-11-01"), NEWSPAPER)
    said = text_of(per_resident_screen(asked, PerResident(few, people), None))
    assert "too few projects to work out a figure for each resident" in said
    assert "per resident" not in said.partition("\n\n")[2]
    assert "Plan: known for 4 of 9 projects · <b>10 thousand ₸</b>" in said
    unknown = text_of(per_resident_screen(asked, PerResident(sums, None), None))
    assert "no source says how many residents" in unknown
    assert "₸" not in unknown


def group(key: str, projects: int, planned: tuple[int, int | None] = (0, None)) -> Group:
    return total(key, projects, planned)


def test_equals_share_a_place() -> None:
    places = (
        Place(1, (group("alatau", 5), group("medeu", 5))),
        Place(3, (group("turksib", 1),)),
    )
    asked = asking(Question("rank", "kk", by="district", measure="number"))
    said = text_of(rank_screen(asked, Ranking(places, (group("none", 2),), None), None))
    assert "Алатау ауданы және Медеу ауданы – 5 жоба" in said
    assert "1) Алатау ауданы: 5 жоба\n1) Медеу ауданы: 5 жоба\n3) Түрксіб ауданы: 1 жоба" in said
    assert "Тек тізімдегі жобалар" in said


def test_ranked_by_money_says_for_how_many_it_is_known() -> None:
    places = (Place(1, (group("alatau", 5, (3, 700)),)),)
    asked = asking(Question("rank", "ru", by="district", measure="money"))
    said = text_of(rank_screen(asked, Ranking(places, (group("medeu", 2),), "planned"), None))
    assert "Алатауский район – 700 ₸ (известно по 3 из 5 проектов)" in said
    assert "– Медеуский район: неизвестно" in said
    few = [group("medeu", 9, (1, 700)), group("alatau", 2)]
    unranked = Ranking((), tuple(few), "planned", Money(1, 11, 700))
    said = text_of(rank_screen(asked, unranked, None))
    assert "сумма известна меньше чем у половины проектов" in said
    assert "– Медеуский район: 700 ₸ (известно по 1 из 9 проектов)" in said
    assert "Алатау" not in said
    nobody = rank_screen(asked, Ranking((), (group("medeu", 2),), "planned"), None)
    assert "Неизвестно" in text_of(nobody)


def test_two_compared() -> None:
    asked = asking(Question("compare", "en", by="kind", kinds=("school", "park")))
    said = text_of(compare_screen(asked, [group("park", 1), group("school", 4)], None))
    assert "Most: 4 schools; fewest: 1 park" in said
    equal = text_of(compare_screen(asked, [group("park", 2), group("school", 2)], None))
    assert "equal" in equal
    none = text_of(compare_screen(asked, [group("park", 0), group("school", 0)], None))
    assert "No such project is in the list." in none


def test_what_is_compared_is_the_slot_that_names_several() -> None:
    kinds = Question("compare", "en", kinds=("school", "park"), districts=("alatau",))
    assert compared(kinds) == ("kind", ("school", "park"))
    assert compared(Question("compare", "en", years=(2024, 2025))) == ("year", ("2024", "2025"))
    assert compared(Question("compare", "en", districts=("alatau",))) == ("district", ())


# Figures -----------------------------------------------------------------------------------------


def figure(value_type: str, value: float, year: int, code: str = "share") -> IndicatorRow:
    names = Titles("Үлес", "Доля", "Share")
    return IndicatorRow(
        "p", code, names, "percent", value_type, value, year, None, NEWSPAPER, on("2025-11-27")
    )


def test_target_against_actual() -> None:
    asked = asking(Question("indicator", "en", programme="comfort_school", indicator="share"))
    rows = [figure("target", 37.8, 2025), figure("actual", 46.3, 2025)]
    said = text_of(figures_screen(asked, rows))
    assert "🎯 target, 2025: <b>37.8 %</b>" in said
    assert "✅ reached, 2025: <b>46.3 %</b>" in said
    promised = text_of(figures_screen(asked, rows[:1]))
    assert "What was reached is not known." in promised
    assert "no source names such a figure" in text_of(figures_screen(asked, []))


# Buttons and what is kept ------------------------------------------------------------------------


@given(st.integers(1, 10**15), st.sampled_from(ACTS), st.integers(0, 10**9))
def test_a_button_s_data_fits_and_is_read_back(number: int, act: str, value: int) -> None:
    pressed = Pressed(number, act, value)  # type: ignore[arg-type]
    assert len(pressed.data()) <= 64
    assert read_pressed(pressed.data()) == pressed


@pytest.mark.parametrize("odd", ["", "q:", "q:1", "q:1:", "q:x:p0", "q:1:z0", "q:1:p-1", "p:1:m:"])
def test_other_data_is_no_button_of_an_answer(odd: str) -> None:
    assert read_pressed(odd) is None


WHOLE = Question(
    "top",
    "ru",
    kinds=("school", "park"),
    sectors=("social",),
    states=("building",),
    districts=("alatau",),
    area="almaty",
    programme="comfort_school",
    indicator="share",
    place=PlaceName("Орбита-1", "Орбита-1", "Orbita-1", 43.2, 76.88),
    radius_m=500,
    contractor="ТОО",
    period=Period(None, TODAY),
    period_of="due",
    years=(2024, 2025),
    amount=Amount(5, None),
    money="spent",
    order="cheapest",
    limit=3,
    by="year",
    measure="money",
    direction="fewest",
    number=178,
    projects=(1, 2),
    pick=2,
    topic="weather",
    follows=True,
)


def test_a_kept_question_comes_back_whole_but_for_the_words() -> None:
    import json
    from dataclasses import replace

    said = replace(WHOLE, evidence=(Evidence("kinds", "моя тайна"),), leftover=("тайна",))
    kept = json.loads(json.dumps(packed(said)))
    assert "тайна" not in str(kept)
    assert unpacked(kept) == WHOLE
    assert unpacked(json.loads(json.dumps(packed(Question("help", "kk"))))) == Question(
        "help", "kk"
    )


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"intent": "list"},
        {"intent": "list", "language": "kk", "more": 1},
        {"intent": "list", "language": "kk", "period": ["yesterday", None]},
        {"intent": "list", "language": "kk", "place": {"kk": "a"}},
    ],
)
def test_values_of_another_version_make_no_question(values: dict[str, object]) -> None:
    assert unpacked(values) is None


def test_each_press_changes_one_slot() -> None:
    def after(act: str, number: int = 0) -> Question:
        return changed(WHOLE, Pressed(1, act, number))  # type: ignore[arg-type]

    assert after("s").states == ()
    assert after("s", 3).states == ("completed",)
    assert after("d").districts == ()
    assert (after("k").kinds, after("k").sectors) == ((), ())
    assert after("t").period is None
    assert after("j", 9).projects == (9,)
    assert after("n").number is None
    assert after("i", INTENTS.index("count")).intent == "count"
    assert after("p", 4) == WHOLE


def test_a_pick_is_of_what_was_shown() -> None:
    titles = {"Samal": frozenset({6, 7}), "bridge": frozenset({5})}

    def titled(word: str) -> frozenset[int]:
        return titles.get(word, frozenset())

    question = Question("when", "en", pick=2, follows=True)
    assert picked(question, (5, 6), titled).projects == (6,)
    assert picked(question, (5, 6, 7), titled).projects == (6,)
    assert picked(replace(question, pick=3), (5, 6), titled).projects == ()
    named = Question("list", "en", projects=(1, 6, 9), follows=True)
    assert picked(named, (5, 6), titled).projects == (6,)
    assert picked(named, (5,), titled).projects == (1, 6, 9)
    place = Question("cost", "en", evidence=(Evidence("place", "Samal"),), follows=True)
    assert picked(place, (5, 6), titled).projects == (6,)
    assert picked(place, (6, 7), titled).projects == ()
    it = Question("cost", "en", follows=True)
    assert picked(it, (5,), titled).projects == (5,)
    assert picked(it, (5, 6), titled).projects == ()
    assert picked(replace(it, evidence=(Evidence("kind", "park"),)), (5,), titled).projects == ()
    assert numbered(Question("unclear", "en"), " 3. ").pick == 3
    assert numbered(Question("list", "en"), "3 schools").pick is None


def test_no_button_asks_what_is_shown_already() -> None:
    question = Question("list", "en", states=("building",))
    said = [button.label for button in slot_buttons(texts_for("en"), question, 1)]
    assert not any("Being built" in label for label in said)
    assert not any("districts" in label for label in said)


# What is no answer -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_read_back(language: Language) -> None:
    t = texts_for(language)
    rows = example_rows(t)[:-1]
    assert len(rows) == 3
    for (button,) in rows:
        assert read_example(button.data or "") == (str(button.label), language)
    assert read_example("q:e9:kk") is None
    assert read_example("q:e0:xx") is None
    assert read_example("q:ex:kk") is None


def test_complaints_are_sent_to_109_in_the_first_sentence() -> None:
    for language in LANGUAGES:
        question = Question("other", language, topic="complaint")
        assert "109" in other_screen(texts_for(language), question).text.splitlines()[0]
    assert other_screen(texts_for("en"), Question("other", "en")).text


def test_readings_only_of_what_was_understood() -> None:
    t = texts_for("en")
    school = Question("unclear", "en", kinds=("school",), leftover=("xyz",))
    said = [b.label for row in unclear_rows(t, Names(), school, 1) for b in row]
    assert said == ["which ones · school", "how many · school"]
    assert unclear_rows(t, Names(), Question("unclear", "en", leftover=("xyz",)), 1) == ()
