"""What readers corrected, on the screens where they found it."""

import re

import pytest

from bot.sandbox.server import Sandbox
from handlers.frame.context import Qala
from tests.conversation.asking import whole

NAMES = {"kk": "Айгерім", "ru": "Ольга", "en": "Daniel"}


@pytest.mark.parametrize(
    ("language", "asked", "said"),
    [
        ("kk", "мерзімі өткен жобалар", r"Алматыда мерзімі өткен \d+ жоба бар\."),
        ("kk", "мерзімі өткен жобалар", r"⏰.Мерзімі өткеніне [\d\s]+ күн болды"),
        ("kk", "№999 мектеп қашан ашылады?", r"Тізімде №999 мектеп жоқ\."),
        ("kk", "№999 балабақша қашан ашылады?", r"Тізімде №999 балабақша жоқ\."),
        ("ru", "когда откроют детский сад №999?", r"В списке нет детского сада №999\."),
        ("en", "When will school 999 open?", r"School No\. 999 is not in the list\."),
        # a number alone: of no kind
        ("kk", "№999", r"Тізімде №999 жоба жоқ\."),
        ("ru", "№999", r"В списке нет проекта №999\."),
        ("ru", "номер 555", r"В списке нет проекта №555\."),
        ("en", "No. 999", r"Project No\. 999 is not in the list\."),
        ("kk", "Абай даңғылы", r"\d км төңірегінде \d+ жоба"),
        ("kk", "жолдарға қанша ақша жұмсалды?", r"Түсіндім: жолдарға қанша жұмсалғаны"),
        ("ru", "сколько потратили на дороги?", r"Понял: сколько потрачено на дороги"),
        ("ru", "сколько потрачено на парки", r"Понял: сколько потрачено на парки"),
        ("kk", "/about", r"Құрастырғандар: "),
        ("kk", "/about", r"Соңғы дерек: "),
        ("en", "/about", r"Last heard: "),
        ("kk", "/settings", r"Бот түсінбеген сұрақтар: 90 күн сақталады"),
        ("ru", "/settings", r"Вопросы, которых я не понял: хранятся 90 дней"),
        (
            "kk",
            "«Келешек мектептері» бағдарламасы бойынша қандай мектеп аяқталды",
            r"«Келешек мектептері» аясында",
        ),
        ("ru", "когда откроют поликлинику", r"Какой проект имеете в виду\? Нажмите номер\."),
        ("kk", "емхана қашан ашылады", r"Қай жобаны айтасыз\? Нөмірін басыңыз\."),
    ],
)
async def test_what_was_corrected_is_said(
    sandbox: Sandbox, qala: Qala, language: str, asked: str, said: str
) -> None:
    answer = await whole(sandbox.resident(NAMES[language]), asked)
    answer = answer.replace("\N{NO-BREAK SPACE}", " ")
    assert re.search(said, answer), answer
