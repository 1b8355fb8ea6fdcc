"""Every button that can be reached from an answer, pressed in three languages: none is dead."""

import pytest

from bot.sandbox.server import Sandbox
from tests.conversation.test_crawl import Crawl

QUESTIONS = {
    "kk": (
        "Алатауда қандай мектептер салынып жатыр?",
        "ең қымбат жоба қайсы?",
        "қай ауданда мектеп ең көп?",
        "Наурызбайда ненің мерзімі өтті?",
        "не жаңалық бар?",
        "қалада қанша көпір бар?",
        "мектептер мен балабақшаларды салыстыр",
        "Халық қатысатын бюджет шегі қанша?",
    ),
    "ru": (
        "когда достроят школу на Кульджинском тракте",
        "сколько денег на дороги?",
        "сколько денег на одного жителя?",
        "что изменилось за год?",
        "школы в радиусе 3 км от Калкамана",
        "сравни Алатауский и Медеуский районы",
        "программа Комфортная школа",
        "школа фывапролд йцукенгш",
        "спасибо",
        "когда достроят школу №987?",
    ),
    "en": (
        "Which schools are being built in Alatau?",
        "How many schools were completed in 2025?",
        "largest school",
        "who builds schools in Medeu?",
        "what do you know?",
        "help",
        "bridges in Almaty",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "language"), [("Айгерім", "kk"), ("Ольга", "ru"), ("Daniel", "en")]
)
async def test_every_button_under_an_answer_leads_somewhere(
    sandbox: Sandbox, direct_qala: object, name: str, language: str
) -> None:
    crawl = Crawl(sandbox.resident(name), language)
    for text in QUESTIONS[language]:
        await crawl.from_text(text)
    assert sum(crawl.pressed.values()) > 40
    assert not crawl.trouble, "\n".join(crawl.trouble)
