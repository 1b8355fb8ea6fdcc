"""What was not told of since its due date is asked for in words; it is neither late nor news."""

import pytest

from tests.handlers.understanding.conftest import Ask


@pytest.mark.parametrize(
    ("text", "kinds", "districts"),
    [
        ("which projects has nobody told about since", (), ()),
        ("anything in Turksib that we have heard nothing about since?", (), ("turksib",)),
        ("which hospitals passed their due date without an update", ("hospital",), ()),
        ("are there roads no one has said anything about", ("road",), ()),
        ("what projects went silent after the deadline", (), ()),
        ("kindergartens with no updates", ("kindergarten",), ()),
        ("the deadline passed and there is no word: which schools?", ("school",), ()),
        ("list forgotten projects", (), ()),
        ("which parks have not been updated since the due date", ("park",), ()),
        ("projects with no news for a long time", (), ()),
        ("о каких проектах давно нет новостей", (), ()),
        ("срок прошёл, новостей нет", (), ()),
        ("а где срок прошёл и тишина?", (), ()),
        ("какие садики должны были открыть, а вестей нет", ("kindergarten",), ()),
        ("Про какие больницы давно ничего не слышно?", ("hospital",), ()),
        ("в Турксибском районе есть проекты без новостей?", (), ("turksib",)),
        ("сколько школ без новостей", ("school",), ()),
        ("дороги, о которых никто не сообщал", ("road",), ()),
        ("список забытых проектов", (), ()),
        ("по каким объектам нет обновлений с прошлого года", (), ()),
        ("что с проектами, о которых больше не писали", (), ()),
        ("қай жобалар туралы хабар жоқ", (), ()),
        ("Түрксіб ауданында хабары жоқ жобалар бар ма?", (), ("turksib",)),
        ("қай мектептердің мерзімі өтіп, жаңалығы жоқ", ("school",), ()),
        ("көптен хабар жоқ жолдар", ("road",), ()),
        ("мерзімі өтті, хабар жоқ", (), ()),
        ("неше балабақша туралы хабар түспеген", ("kindergarten",), ()),
        ("ұмытылған жобалар тізімі", (), ()),
        ("мерзімі біткен, бірақ жаңалық жоқ ауруханалар", ("hospital",), ()),
        ("мерзімінен кейін ештеңе хабарланбаған саябақтар", ("park",), ()),
        ("біткен-бітпегені белгісіз жобаларды көрсет", (), ()),
        ("Бостандық ауданында көптен жаңартылмаған жобалар", (), ("bostandyk",)),
    ],
)
def test_what_nobody_told_of_since(
    ask: Ask, text: str, kinds: tuple[str, ...], districts: tuple[str, ...]
) -> None:
    question = ask(text)
    assert question.intent == "unheard"
    assert (question.kinds, question.districts) == (kinds, districts)
    assert (question.period, question.states) == (None, ())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("which schools are overdue", "overdue"),
        ("какие школы просрочены", "overdue"),
        ("мерзімі өткен мектептер", "overdue"),
        ("what's the latest news", "new"),
        ("есть ли новости?", "new"),
        ("жаңалық бар ма", "new"),
    ],
)
def test_what_is_late_and_what_is_new_are_asked_as_before(ask: Ask, text: str, intent: str) -> None:
    assert ask(text).intent == intent


def test_of_another_district(ask: Ask) -> None:
    after = ask("а в Медеуском?", ask("о каких проектах давно нет новостей"))
    assert (after.intent, after.districts) == ("unheard", ("medeu",))
