"""Places by what people call them: stations, malls, universities, markets, streets of old."""

import pytest

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from tests.conversation.asking import labels, say

NAMES = {"kk": "Айгерім", "ru": "Ольга", "en": "Daniel"}
STATION = {
    "kk": "Алатау метро бекеті",
    "ru": "Станция метро «Алатау»",
    "en": "Alatau Metro Station",
}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("ru", "рядом с метро Алатау", STATION["ru"]),
        ("ru", "что строится рядом с метро Алатау?", STATION["ru"]),
        ("ru", "школы рядом с метро Алатау", STATION["ru"]),
        ("ru", "метро Алатау", STATION["ru"]),
        ("kk", "Алатау метросының жанында не салынып жатыр?", STATION["kk"]),
        ("kk", "«Алатау» метро бекеті", STATION["kk"]),
        ("kk", "метро Алмалы жанында", "Алмалы метро бекеті"),
        ("en", "schools near Alatau metro station", STATION["en"]),
        ("en", "near Abay metro station", "Abay Metro Station"),
        ("en", "near the Auezov Theatre metro", "Auezov Theatre Metro Station"),
        ("ru", "у станции метро Абая", "Станция метро «Абай»"),
        ("ru", "метро Москва", "Станция метро «Москва»"),
        ("ru", "около метро Райымбек батыра", "Станция метро «Райымбек батыра»"),
        ("ru", "метро Сайран", "Станция метро «Сайран»"),
        ("ru", "возле Меги", "ТРЦ «Мега»"),
        ("kk", "Мега маңында не бар", "«Мега» сауда-ойын-сауық орталығы"),
        ("en", "near Dostyk Plaza", "Dostyk Plaza"),
        ("en", "what is being built near Dostyk Plaza?", "Dostyk Plaza"),
        ("ru", "возле есентай мола", "ТРЦ Esentai Mall"),
        ("ru", "рядом с ТРЦ Москва", "ТРЦ Moskva Metropolitan"),
        ("ru", "около КБТУ", "КБТУ"),
        ("kk", "ҚБТУ маңында не салынып жатыр", "ҚБТУ"),
        ("ru", "около Иняза", "КазУМОиМЯ имени Абылай хана"),
        ("ru", "у зеленого базара", "Зелёный базар"),
        ("kk", "Көк базардың жанында", "Көк базар"),
        ("ru", "на Никольском базаре", "Никольский базар"),
        ("ru", "ЖК Мирас парк", "ЖК «Мирас Парк»"),
    ],
)
async def test_a_place_by_what_people_call_it(
    sandbox: Sandbox, resident: Resident, language: str, text: str, place: str
) -> None:
    answer = await say(sandbox.resident(NAMES[language]), text)
    assert any(
        line.startswith(("📍", "Понял", "Түсіндім", "I understood")) and place in line
        for line in answer.text.splitlines()[:1]
    ), answer.text


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("на Фурманова", "Проспект Назарбаева"),
        ("что строится на Фурманова", "Проспект Назарбаева"),
        ("на проспекте Ленина", "Проспект Достык"),
        ("на Правды", "Проспект Алтынсарина"),
        ("Комсомольская", "Улица Толе би"),
        ("на улице Мира", "Улица Желтоксан"),
        ("какие школы на Мира", "Улица Желтоксан"),
        ("Коммунистический проспект", "Проспект Абылай хана"),
        ("что строится на Октябрьской", "Улица Айтеке би"),
        ("на Космонавтов", "Улица Байтурсынова"),
        ("на Кирова", "Улица Богенбай батыра"),
        ("на Калинина", "Улица Кабанбай батыра"),
        ("у Виноградова", "Улица Карасай батыра"),
        ("Пастера", "Улица Макатаева"),
        ("что строится на Горной", "Улица Керей-Жанибек хандар"),
        ("на Дзержинского", "Улица Наурызбай батыра"),
        ("на Узбекской", "Проспект Сейфуллина"),
        ("Ташкентская", "Проспект Райымбека"),
        ("на Карла Маркса", "Улица Кунаева"),
    ],
)
async def test_a_street_by_the_name_of_old_is_todays(
    sandbox: Sandbox, resident: Resident, text: str, street: str
) -> None:
    answer = await say(sandbox.resident("Ольга"), text)
    assert street in answer.text.splitlines()[0], answer.text


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Ленина көшесінде не салынып жатыр?", "Достық даңғылы"),
        ("Ленин көшесінде", "Достық даңғылы"),
        ("Правда көшесінде", "Алтынсарин даңғылы"),
        ("Комсомол көшесінде", "Төле би көшесі"),
    ],
)
async def test_in_kazakh_too(resident: Resident, text: str, street: str) -> None:
    answer = await say(resident, text)
    assert street in answer.text.splitlines()[0], answer.text


@pytest.mark.parametrize(
    ("language", "text", "understood"),
    [
        ("ru", "метро в Алатауском районе", "Понял: станция метро · Алатауский"),
        ("ru", "станции метро в Ауэзовском районе", "Понял: станция метро · Ауэзовский"),
        ("kk", "Алатау ауданындағы метро", "Түсіндім: метро бекеті · Алатау"),
        ("kk", "Алатауда метро бола ма?", "Түсіндім: метро бекеті · Алатау · жоспарда"),
        ("kk", "Әуезов ауданындағы театр", "Түсіндім: театр · Әуезов"),
        ("en", "metro in Alatau district", "I understood: metro station · Alatau"),
        ("ru", "сколько станций метро строится?", "Понял: сколько · станция метро · строится"),
        ("ru", "сколько школ в мире", "Понял: сколько · школа"),
    ],
)
async def test_what_names_no_place_is_none(
    sandbox: Sandbox, resident: Resident, language: str, text: str, understood: str
) -> None:
    answer = await say(sandbox.resident(NAMES[language]), text)
    assert answer.text.splitlines()[0] == understood


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Алатау", "🏘 Алатауский район"),
        ("мкр Алатау", "📍 Рядом: Алатау (ИЯФ)"),
        ("метро Алатау", f"📍 Рядом: {STATION['ru']}"),
        ("Сайран", "📍 Рядом: Озеро Сайран"),
        ("Абая", "📍 Рядом: Проспект Абая"),
        ("Горный Гигант", "📍 Рядом: Горный Гигант"),
    ],
)
async def test_one_name_of_several_is_told_by_the_word_beside_it(
    sandbox: Sandbox, resident: Resident, text: str, first: str
) -> None:
    answer = await say(sandbox.resident("Ольга"), text)
    assert answer.text.splitlines()[0] == first


@pytest.mark.parametrize(
    ("language", "text", "button"),
    [
        ("ru", "/search метро Алатау", f"📍 {STATION['ru']}"),
        ("kk", "/search Алатау метросы", f"📍 {STATION['kk']}"),
        ("en", "/search Dostyk Plaza", "📍 Dostyk Plaza"),
        ("ru", "/search Фурманова", "📍 Проспект Назарбаева"),
        ("ru", "/search Карла Маркса", "📍 Улица Кунаева"),
        ("en", "/search kbtu", "📍 KBTU"),
    ],
)
async def test_search_offers_the_place(
    sandbox: Sandbox, resident: Resident, language: str, text: str, button: str
) -> None:
    answer = await say(sandbox.resident(NAMES[language]), text)
    assert button in labels(answer)
