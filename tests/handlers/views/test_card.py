"""A project's card: what is said, by whom, how late, and where it leads."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from handlers.frame.phone import MOST_LINES, lines_taken
from handlers.frame.screens import Screen
from handlers.frame.texts import Language, texts_for
from handlers.views.callbacks import MENU, CardState
from handlers.views.card import (
    card_screen,
    history_screen,
    more_screen,
    on_map,
    sources_screen,
    write,
)
from handlers.views.names import Names
from storage.geo.points import Point
from storage.projects.card import Card
from storage.projects.history import Slip
from storage.values.titles import Address, Titles
from tests.handlers.build import AKIMAT, NEWSPAPER, TODAY, card, event, fact, listed, on

N = "\N{NO-BREAK SPACE}"
STATE = CardState(7, back="d:l:medeu.0.0.0")
PAPER = '<a href="https://vecher.kz/1">'
CITY = '<a href="https://almaty.gov.kz/?a=1&amp;b=2">'


def drawn(language: Language, facts: Card, state: CardState = STATE) -> Screen:
    t = texts_for(language)
    return card_screen(t, write(t, Names(), facts, TODAY), facts, state, bot="qala_bot")


def told_further(language: Language, facts: Card) -> Screen:
    """What «more» brings."""
    t = texts_for(language)
    return more_screen(t, write(t, Names(), facts, TODAY), STATE)


SLIPPED = card(
    listed(due_on="2025-10-31", planned_kzt=12_980_000_000, heard_on="2025-03-12"),
    descriptions=Titles("1 500 орынды мектеп.", "Школа на 1 500 мест.", "A school for 1,500."),
    contractor="BAZIS <A>",
    capacity=1500,
    capacity_unit="seats",
    timeline=(
        event("2024-02", due_on="2024-12-31", status="planned"),
        event("2025-03-12", AKIMAT, due_on="2025-10-31", status="in_progress"),
    ),
    facts={
        "status": (fact("in_progress", "2025-03-12", AKIMAT), fact("planned", "2024-02")),
        "due_on": (fact("2025-10-31", "2025-03-12", AKIMAT), fact("2024-12-31", "2024-02")),
        "district": (fact("nauryzbay", "2024-02"),),
        "planned_kzt": (fact("12980000000", "2025-03-12", AKIMAT),),
        "capacity": (fact("1500", "2024-02"),),
    },
    slips=(Slip(on("2024-12-31"), on("2025-10-31"), 304, on("2025-03-12")),),
    first_promise=on("2024-12-31"),
    late_days=324,
)
SLIPPED = replace(SLIPPED, listed=replace(SLIPPED.listed, first_promised_on=on("2024-02")))

IN_KAZAKH = f"""<b>🏫 Мектеп</b>
Мектеп · 🚧 салынып жатыр {CITY}[1]</a>
📅 Мерзімі: 2025 жылғы 31 қазан {CITY}[1]</a>
⏰ <b>Мерзімі өткеніне 20 күн болды</b> · соңғы дерек: 2025 жылғы 12 наурыз
Алғашқы уәде: 2024 жылғы 31 желтоқсан (берілген уақыты: 2024 жылғы ақпан) {PAPER}[2]</a>
Алғашқы уәдеден 324 күн кеш

📍 Наурызбай ауданы {PAPER}[2]</a>
Шұғыла ш/а
<i>нүкте – осы маңның ортасы, нақты орны емес</i>

💰 Жоспар: 12,98{N}млрд{N}₸ {CITY}[1]</a>
📄 Келісімшарт, 💸 Жұмсалғаны: белгісіз"""
MORE_IN_KAZAKH = f"""<b>🏫 Мектеп</b>

👷 Мердігер: BAZIS &lt;A&gt;
📐 Ауқымы: 1{N}500{N}орын {PAPER}[2]</a>

<b>Жоба барысы</b>
• 2024 жылғы ақпан: 📝 жоспарда; мерзімі: 2024 жылғы 31 желтоқсан {PAPER}[2]</a>
• 2025 жылғы 12 наурыз: 🚧 салынып жатыр; мерзімі: 2025 жылғы 31 қазан (+304 күн) {CITY}[1]</a>

1 500 орынды мектеп."""

IN_RUSSIAN = f"""<b>🏫 Школа</b>
Школа · 🚧 строится {CITY}[1]</a>
📅 Срок: 31 октября 2025 {CITY}[1]</a>
⏰ <b>Просрочено на 20 дней</b> · последние сведения: 12 марта 2025
Первое обещание: 31 декабря 2024 (дано: февраль 2024) {PAPER}[2]</a>
На 324 дня позже первого обещания

📍 Наурызбайский район {PAPER}[2]</a>
Шұғыла ш/а
<i>точка – середина этой местности, а не точное место</i>

💰 План: 12,98{N}млрд{N}₸ {CITY}[1]</a>
📄 Контракт, 💸 Потрачено: неизвестно"""
MORE_IN_RUSSIAN = f"""<b>🏫 Школа</b>

👷 Подрядчик: BAZIS &lt;A&gt;
📐 Масштаб: 1{N}500{N}мест {PAPER}[2]</a>

<b>Хронология</b>
• Февраль 2024: 📝 в планах; срок: 31 декабря 2024 {PAPER}[2]</a>
• 12 марта 2025: 🚧 строится; срок: 31 октября 2025 (+304 дня) {CITY}[1]</a>

Школа на 1 500 мест."""

IN_ENGLISH = f"""<b>🏫 School</b>
School · 🚧 being built {CITY}[1]</a>
📅 Due: 31 October 2025 {CITY}[1]</a>
⏰ <b>20 days late</b> · last heard: 12 March 2025
First promise: 31 December 2024 (given: February 2024) {PAPER}[2]</a>
324 days later than first promised

📍 Nauryzbay district {PAPER}[2]</a>
Шұғыла ш/а
<i>the point is the middle of the microdistrict or place, not exact</i>

💰 Plan: 12.98{N}bn{N}₸ {CITY}[1]</a>
📄 Contract, 💸 Spent: not known"""
MORE_IN_ENGLISH = f"""<b>🏫 School</b>

👷 Contractor: BAZIS &lt;A&gt;
📐 Size: 1,500{N}places {PAPER}[2]</a>

<b>Timeline</b>
• February 2024: 📝 planned; due 31 December 2024 {PAPER}[2]</a>
• 12 March 2025: 🚧 being built; due 31 October 2025 (+304 days) {CITY}[1]</a>

A school for 1,500."""


@pytest.mark.parametrize(
    ("language", "text", "more"),
    [
        ("kk", IN_KAZAKH, MORE_IN_KAZAKH),
        ("ru", IN_RUSSIAN, MORE_IN_RUSSIAN),
        ("en", IN_ENGLISH, MORE_IN_ENGLISH),
    ],
)
def test_a_card_and_more_of_it_in_its_place(language: Language, text: str, more: str) -> None:
    screen = drawn(language, SLIPPED)
    assert screen.text.replace(f"\n\n{_sources(language)}", "") == text
    assert screen.buttons[0][0].data == STATE.at("f").data()
    further = told_further(language, SLIPPED)
    assert further.text.replace(f"\n\n{_sources(language)}", "") == more
    assert further.last[0].data == STATE.data()


def _sources(language: Language) -> str:
    head = {"kk": "Дереккөздер", "ru": "Источники", "en": "Sources"}[language]
    days = {
        "kk": ("2025 жылғы 12 наурыз", "2024 жылғы ақпан"),
        "ru": ("12 марта 2025", "февраль 2024"),
        "en": ("12 March 2025", "February 2024"),
    }[language]
    return (
        f"<b>{head}</b>\n[1] {CITY}Әкімдік</a> – {days[0]}\n"
        f"[2] {PAPER}Вечерний Алматы</a> – {days[1]}"
    )


def test_sources_that_do_not_fit_have_a_screen_of_their_own() -> None:
    screen = told_further("kk", SLIPPED)
    labels = [button.label for row in screen.buttons for button in row]
    assert ("📚 Дереккөздер" in labels) != (_sources("kk") in screen.text)
    state = STATE.at("s")
    written = write(texts_for("kk"), Names(), SLIPPED, TODAY)
    sources = sources_screen(texts_for("kk"), written, SLIPPED, state)
    assert sources.text.endswith(_sources("kk").partition("\n")[2])
    assert sources.buttons[-1][0].data == STATE.at("f").data()


def test_a_card_of_little_tells_it_on_one_screen() -> None:
    few = card(
        listed(status=None, kind=None, districts=(), point=None, precision="none", address=""),
        timeline=(event(None, planned_kzt=0),),
        facts={"planned_kzt": (fact("0", None),)},
    )
    screen = drawn("ru", replace(few, listed=replace(few.listed, planned_kzt=0)))
    assert screen.text == (
        "<b>📌 Школа</b>\nВид неизвестен · ❔ состояние неизвестно\n📅 Срок: неизвестно\n\n"
        "<i>точное место неизвестно</i>\n\n"
        f"💰 План: 0{N}₸ {PAPER}[1]</a>\n📄 Контракт, 💸 Потрачено: неизвестно\n\n"
        f"<b>Источники</b>\n[1] {PAPER}Вечерний Алматы</a> – без даты"
    )
    labels = [[button.label for button in row] for row in screen.rows]
    assert labels == [["🔽 Подробнее"], ["↗️ Поделиться"], ["⬅️ К списку"]]
    assert told_further("ru", few).text == (
        "<b>📌 Школа</b>\n\n"
        f"<b>Хронология</b>\n• Без даты: план: 0{N}₸ {PAPER}[1]</a>\n\n"
        f"<b>Источники</b>\n[1] {PAPER}Вечерний Алматы</a> – без даты"
    )


def test_where_there_is_no_more_none_is_offered() -> None:
    assert [[button.label for button in row] for row in drawn("en", card()).rows] == [
        ["🗺 On the map", "↗️ Share"],
        ["⬅️ Back to the list"],
    ]


def test_what_sources_disagree_about_stands_side_by_side() -> None:
    told = {"due_on": (fact("2025-12", "2025-11-13"), fact("2026-03", "2025-11-13", AKIMAT))}
    screen = drawn("kk", card(listed(due_on="2025-12"), facts=told, conflicts=told))
    assert (
        "⚖️ <b>Дереккөздер әртүрлі айтады</b>\n"
        f"Мерзімі: 2025 жылғы желтоқсан {PAPER}[1]</a> / 2026 жылғы наурыз {CITY}[2]</a>"
    ) in screen.text


@pytest.mark.parametrize(
    ("field", "one", "other", "shown"),
    [
        ("status", "planned", "completed", "Состояние: в планах 1 / завершено 2"),
        ("kind", "park", "square", "Вид: парк 1 / сквер 2"),
        ("sector", "social", "transport", "Сфера: социальная сфера 1 / транспорт и дороги 2"),
        ("district", "medeu", "alatau", "Район: Медеуский район 1 / Алатауский район 2"),
        ("planned_kzt", "0", "5", f"План: 0{N}₸ 1 / 5{N}₸ 2"),
        ("capacity", "2", "5", f"Масштаб: 2{N}места 1 / 5{N}мест 2"),
        ("contractor", "<A>", "B", "Подрядчик: &lt;A&gt; 1 / B 2"),
    ],
)
def test_every_kind_of_disagreement(field: str, one: str, other: str, shown: str) -> None:
    told = {field: (fact(one, "2025"), fact(other, "2025", AKIMAT))}
    text = drawn("ru", card(conflicts=told, capacity_unit="seats")).text
    plain = re.sub(r"<a[^>]*>\[(\d)\]</a>", r"\1", text)
    assert plain.partition("расходятся</b>\n")[2].startswith(shown)


def test_what_was_taken_back_is_told() -> None:
    facts = card(timeline=(event("2025", erased=("due_on",)), event("2024", starts_on="2024")))
    text = told_further("kk", facts).text
    assert "• 2025 жыл: Мерзімі: қайтарып алынды" in text
    assert "• 2024 жыл: басталуы: 2024 жыл" in text


def test_outside_the_city_the_area_is_said() -> None:
    far = card(listed(districts=(), precision="none", address=""), area="almaty_region")
    assert "📍 Алматы облысы\n<i>нақты орны белгісіз</i>" in drawn("kk", far).text


def test_two_sources_of_one_fact_are_both_named() -> None:
    told = {"status": (fact("in_progress", "2025"), fact("in_progress", "2024", AKIMAT))}
    assert f"{PAPER}[1]</a>{CITY}[2]</a>" in drawn("en", card(facts=told)).text


def test_a_promise_told_of_later_stands_on_its_own_day() -> None:
    facts = card(
        listed(status="completed", completed_on="2025-11"),
        timeline=(
            event("2025-10-22", status="in_progress", due_on="2025-10"),
            event("2025-11-10", due_on="2024", promised_on="2023-02"),
            event("2025-11-10", AKIMAT, status="completed", completed_on="2025-11"),
        ),
    )
    told = told_further("kk", facts).text.partition("<b>Жоба барысы</b>\n")[2].splitlines()
    assert [line.partition(" <a")[0] for line in told[:3]] == [
        "• 2023 жылғы ақпан: мерзімі: 2024 жыл",
        "• 2025 жылғы 22 қазан: 🚧 салынып жатыр; мерзімі: 2025 жылғы қазан",
        "• 2025 жылғы 10 қараша: ✅ аяқталды: 2025 жылғы қараша",
    ]


@pytest.mark.parametrize(
    ("promise", "done", "days", "text"),
    [
        ("2024", "2025-11", 334, "334 days later than first promised"),
        ("2025-09", "2025-08-20", -41, "12 days earlier than first promised"),
        ("2025-12", "2025-12-05", -26, "Completed as first promised"),
        ("2025-09-01", "2025", 121, ""),  # early or late: nobody can tell
        ("2025-09-01", None, None, ""),
    ],
)
def test_against_the_first_promise(
    promise: str, done: str | None, days: int | None, text: str
) -> None:
    facts = card(
        listed(status="completed", completed_on=done), first_promise=on(promise), late_days=days
    )
    shown = drawn("en", facts).text
    assert text in shown
    assert ("first promise" in shown or "first promised" in shown) == bool(text)


def test_the_history_tells_what_every_description_was() -> None:
    facts = card(
        timeline=tuple(event(f"20{year:02}", status="planned") for year in range(8, 25)),
        facts={"description_ru": (fact("Новое <b>", "2024"), fact("Старое", "2010"))},
    )
    state = STATE.at("h")
    written = write(texts_for("ru"), Names(), facts, TODAY)
    first = history_screen(texts_for("ru"), written, facts, state)
    assert "🕓 <b>История</b> · стр. 1 из 2" in first.text
    assert f"• 2010 год: 📝 в планах {PAPER}[3]</a>\n<i>Старое</i>\n" in first.text
    assert lines_taken(first.text) == MOST_LINES
    assert first.text.count("• ") == 16
    assert [button.data for button in first.buttons[0]] == [state.turned(1).data()]
    second = history_screen(texts_for("ru"), written, facts, state.turned(1))
    assert "Новое &lt;b&gt;" in second.text
    assert "Хронология" not in told_further("ru", facts).text
    assert told_further("ru", facts).buttons[0][0].data == state.data()


def test_the_text_stays_within_a_phone() -> None:
    told = {
        name: (fact("x", "2024", replace(NEWSPAPER, url=f"https://a.kz/{name}")),)
        for name in ("status", "due_on", "district", "address", "planned_kzt", "capacity")
    }
    many = replace(SLIPPED, facts=told)
    assert lines_taken(drawn("kk", many).text) <= MOST_LINES
    assert lines_taken(told_further("kk", many).text) <= MOST_LINES
    assert "📚 Дереккөздер" in [button.label for button in told_further("kk", many).buttons[0]]


def test_the_link_that_is_shared_opens_the_card_in_any_store() -> None:
    share = drawn("kk", SLIPPED).buttons[-1][-1]
    assert share.label == "↗️ Бөлісу"
    assert share.url is not None
    assert share.url.startswith("https://t.me/share/url?")
    told = parse_qs(urlsplit(share.url).query)
    assert told == {"url": ["https://t.me/qala_bot?start=p_school-7"], "text": ["Мектеп"]}


def test_there_is_no_dead_map_button() -> None:
    def labels(facts: Card) -> list[str]:
        return [button.label for row in drawn("en", facts).buttons for button in row]

    assert "🗺 On the map" in labels(card())
    assert "🗺 On the map" not in labels(card(listed(point=None, precision="district")))


def test_the_map_says_how_exact_its_point_is() -> None:
    place = on_map(texts_for("kk"), Names(), card())
    assert place.title == "Мектеп"
    assert place.address == "Шұғыла ш/а (нүкте – осы маңның ортасы, нақты орны емес)"
    exact = card(listed(precision="exact", address="", point=Point.of(43.2, 76.9)))
    assert on_map(texts_for("kk"), Names(), exact).address == "Наурызбай"


def test_without_a_list_the_way_back_is_the_menu() -> None:
    back = drawn("ru", SLIPPED, CardState(7)).rows[-1][0]
    assert (back.label, back.data) == ("☰ Меню", MENU)


def test_an_address_that_is_no_web_page_is_no_link() -> None:
    source = replace(NEWSPAPER, title="<Құжат>", url="javascript:alert(1)")
    facts = card(facts={"status": (fact("in_progress", "2025", source),)})
    text = drawn("kk", facts).text
    assert "javascript" not in text
    assert "[1] &lt;Құжат&gt; – 2025 жыл" in text


JETYSU = Address("мкр. Жетысу-3", Titles("Жетісу-3 ш/а", "мкр. Жетысу-3", "Zhetysu-3"))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("kk", "Жетісу-3 ш/а · <i>мкр. Жетысу-3</i>"),
        ("ru", "мкр. Жетысу-3"),
        ("en", "Zhetysu-3 · <i>мкр. Жетысу-3</i>"),
    ],
)
def test_the_address_is_in_the_reader_s_language_beside_the_source_s_own(
    language: Language, line: str
) -> None:
    there = card(listed(address=JETYSU))
    assert line in drawn(language, there).text.splitlines()
    told = on_map(texts_for(language), Names(), there).address
    assert told.startswith(JETYSU.shown(language) + " (")
