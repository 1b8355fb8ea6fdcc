"""What is past due and was not told of since, asked for in words; it is never called late."""

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from storage.database.store import Store
from storage.projects.summary import Listed
from tests.conversation.asking import labels, press, say, titles
from tests.conversation.counting import chosen, everything, of_the_city, overdue, unheard

WORDS = {
    "Айгерім": ("кейін жаңа хабар жоқ", "содан бері жаңа хабар болмаған", "⏰"),
    "Ольга": ("срок прошёл, новостей нет", "срок прошёл, новостей нет – ", "росрочен"),
    "Daniel": ("no news since", "due date passed, no news since – ", "verdue"),
}


@pytest.mark.parametrize(
    ("name", "text", "kind", "district"),
    [
        ("Айгерім", "қай жобалар туралы хабар жоқ", None, None),
        ("Айгерім", "қай мектептердің мерзімі өтіп, жаңалығы жоқ", "school", None),
        ("Ольга", "о каких проектах давно нет новостей", None, None),
        ("Ольга", "в Медеуском районе срок прошёл, новостей нет", None, "medeu"),
        ("Daniel", "which projects has nobody told about since", None, None),
        ("Daniel", "schools with no updates", "school", None),
    ],
)
async def test_they_are_listed_with_their_number(
    sandbox: Sandbox,
    resident: Resident,
    city_store: Store,
    name: str,
    text: str,
    kind: str | None,
    district: str | None,
) -> None:
    who, (asked, said, late) = sandbox.resident(name), WORDS[name]
    known = of_the_city(city_store) if district is None else everywhere(city_store)
    expected = chosen(known, kind=kind, district=district, also=unheard)
    assert expected
    answer = await say(who, text)
    assert asked in answer.text.splitlines()[0]
    assert said in answer.text
    assert str(len(expected)) in answer.text
    shown = titles(answer)
    while "▶️" in labels(answer):
        answer = await press(who, "▶️")
        shown += titles(answer)
        assert late not in answer.text
    assert len(shown) == len(expected)


def everywhere(store: Store) -> list[Listed]:
    return list(everything(store))


DISTRICTS = {
    "almaly": ("Алмалы ауданында", "в Алмалинском районе", "in Almaly district"),
    "auezov": ("Әуезов ауданында", "в Ауэзовском районе", "in Auezov district"),
    "medeu": ("Медеу ауданында", "в Медеуском районе", "in Medeu district"),
    "turksib": ("Түрксіб ауданында", "в Турксибском районе", "in Turksib district"),
    "zhetysu": ("Жетісу ауданында", "в Жетысуском районе", "in Zhetysu district"),
    "nauryzbay": ("Наурызбай ауданында", "в Наурызбайском районе", "in Nauryzbay district"),
}


@pytest.mark.parametrize(
    ("name", "language", "text", "key"),
    [
        ("Айгерім", 0, "{district} мерзімі өткен не бар?", "⌛ Мерзімі өтті, жаңа хабар жоқ"),
        ("Ольга", 1, "что просрочено {district}?", "⌛ Срок прошёл, новостей нет"),
        ("Daniel", 2, "what is overdue {district}?", "⌛ Due date passed, no news since"),
    ],
)
async def test_where_nothing_is_late_they_are_offered(
    sandbox: Sandbox,
    resident: Resident,
    city_store: Store,
    name: str,
    language: int,
    text: str,
    key: str,
) -> None:
    who, projects, offered = sandbox.resident(name), everywhere(city_store), 0
    for slug, names in DISTRICTS.items():
        late = chosen(projects, district=slug, also=overdue)
        silent = chosen(projects, district=slug, also=unheard)
        answer = await say(who, text.format(district=names[language]))
        keys = [label for label in labels(answer) if label.startswith(key)]
        assert keys == ([f"{key} · {len(silent)}"] if silent and not late else []), slug
        if keys:
            offered += 1
            shown = await press(who, key)
            assert WORDS[name][1] in shown.text
            assert len(titles(shown)) == min(5, len(silent))
    assert offered
