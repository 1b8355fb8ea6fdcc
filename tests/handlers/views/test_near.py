"""Near me: the head of the list, what has no point, the radius and home buttons."""

import pytest

from handlers.frame.screens import Screen
from handlers.frame.texts import Language, texts_for
from handlers.views.callbacks import NearState
from handlers.views.names import Names
from handlers.views.near import RADII_M, Around, ask_screen, far_screen, near_screen
from storage.geo.points import Point
from storage.places.places import PlaceFound, Vicinity
from storage.values.titles import Titles
from tests.handlers.build import TODAY, listed

N = "\N{NO-BREAK SPACE}"
POINT = Point.of(43.2172, 76.7863)
STATE = NearState(point=POINT, radius_m=2000)
SHUGYLA = PlaceFound(
    1, Titles("Шұғыла", "Шугыла", "Shugyla"), "microdistrict", ("nauryzbay",), POINT
)


def around(distance_m: float = 40, **given: object) -> Around:
    usual = {
        "state": STATE,
        "vicinity": Vicinity(("nauryzbay",), SHUGYLA, distance_m),
        "placed": (listed(distance_m=450.0, precision="exact"),),
        "within": 1,
        "pointless": (listed(id=8, point=None, precision="district"),),
        "elsewhere": 12,
        "silent": (),
        "total": 13,
    }
    return Around(**usual | given)  # type: ignore[arg-type]


def drawn(language: Language, found: Around) -> Screen:
    return near_screen(texts_for(language), Names(), found, TODAY)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "kk",
            (
                "📍 <b>Шұғыла маңы</b>\nШамасы, Наурызбай ауданы\n"
                f"2{N}км төңірегінде 1 жоба · 1/3-бет\n\n"
                f"<b>1. 🏫 Мектеп</b>\n🚧 салынып жатыр\n📍{N}450{N}м · Наурызбай\n\n"
                "<i>Наурызбай ауданы, нақты орны белгісіз (12):</i>\n"
                f"<b>2. 🏫 Мектеп</b>\n🚧 салынып жатыр\n📍{N}Наурызбай"
            ),
        ),
        (
            "ru",
            (
                "📍 <b>Рядом: Шугыла</b>\nОриентировочно: Наурызбайский район\n"
                f"1 проект в радиусе 2{N}км · стр. 1 из 3\n\n"
                f"<b>1. 🏫 Школа</b>\n🚧 строится\n📍{N}450{N}м · Наурызбайский\n\n"
                "<i>Наурызбайский район, точное место неизвестно (12):</i>\n"
                f"<b>2. 🏫 Школа</b>\n🚧 строится\n📍{N}Наурызбайский"
            ),
        ),
        (
            "en",
            (
                "📍 <b>Near: Shugyla</b>\nRoughly: Nauryzbay district\n"
                f"1 project within 2{N}km · page 1 of 3\n\n"
                f"<b>1. 🏫 School</b>\n🚧 being built\n📍{N}450{N}m · Nauryzbay\n\n"
                "<i>Nauryzbay district, exact place not known (12):</i>\n"
                f"<b>2. 🏫 School</b>\n🚧 being built\n📍{N}Nauryzbay"
            ),
        ),
    ],
)
def test_what_is_near(language: Language, text: str) -> None:
    assert drawn(language, around()).text == text


def test_far_from_the_place_it_is_just_near_you() -> None:
    assert drawn("kk", around(800)).text.startswith("📍 <b>Маңайыңызда</b>")
    assert drawn("kk", around(is_home=True)).text.startswith("🏠 <b>Үй маңы</b>")


def test_nothing_within_the_radius_is_said_with_what_to_try() -> None:
    nothing = around(placed=(), within=0, pointless=(), elsewhere=0, total=0)
    assert drawn("ru", nothing).text.endswith(
        f"В радиусе 2{N}км ничего не нашлось\n\nПопробуйте радиус побольше или другое место."
    )
    some = around(placed=(), within=0)
    assert "Попробуйте" not in drawn("ru", some).text


def test_every_radius_is_a_button() -> None:
    filter_key = drawn("kk", around()).narrow
    assert filter_key is not None
    buttons = {b.label: b.data for row in filter_key.rows for b in row}
    labels = [f"200{N}м", f"500{N}м", f"1{N}км", f"✓ 2{N}км", f"5{N}км", f"10{N}км"]
    assert [buttons[label] for label in labels] == [STATE.data(radius_m=m) for m in RADII_M]


def test_home_is_saved_forgotten_or_not_offered() -> None:
    def behind_dots(found: Around) -> list[tuple[str, str | None]]:
        more = drawn("kk", found).more
        return [(button.label, button.data) for button in more.buttons] if more else []

    assert behind_dots(around()) == [("🏠 Үйім деп сақтау", STATE.data("h"))]
    assert behind_dots(around(is_home=True)) == [("🗑 Үйді өшіру", STATE.data("f"))]
    assert behind_dots(around(may_keep=False)) == []
    keys = [button.label for button in drawn("kk", around(may_keep=False)).rows[-1]]
    assert keys == ["🎛 Сүзгі"]  # no ⋯ with nothing behind it


def test_outside_the_city_the_districts_are_offered() -> None:
    screen = far_screen(texts_for("ru"), Names(), ["medeu", "alatau"])
    assert "Я знаю только проекты Алматы." in screen.text
    assert [(b.label, b.data) for b in screen.buttons[0]] == [
        ("Медеуский", "d:o:medeu.0.0.0"),
        ("Алатауский", "d:o:alatau.0.0.0"),
    ]


def test_the_question_names_the_key() -> None:
    assert "«📍 Маңайымда» түймесін" in ask_screen(texts_for("kk")).text
