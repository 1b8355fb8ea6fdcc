"""How a screen reaches the person: in parts, in place, in the right thread."""

import pytest
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.sandbox.resident import Resident
from bot.sandbox.server import Sandbox
from handlers.frame.context import Context, Qala
from handlers.frame.main_keyboard import KeyLabel
from handlers.frame.screens import Button, Screen, show
from handlers.frame.texts import LANGUAGES, Markup, texts_for
from handlers.views.guide.about import LONGEST_TITLE, about_screen
from storage.projects.about import About, Licence, Package
from storage.values.sources import SourceFacts
from storage.values.titles import Titles

LINES = [f"{n}. жоба" for n in range(1200)]
LONG = Screen(Markup("<b>") + "\n".join(LINES) + Markup("</b>"), ((Button("Әрі", "long"),),))


async def show_long(update: Update, context: Context) -> None:
    await show(update, context, LONG)


@pytest.fixture
def talkative(qala: Qala) -> Qala:
    qala.add_handler(CommandHandler("long", show_long), group=0)
    qala.add_handler(CallbackQueryHandler(show_long, "^long$"), group=0)
    qala.handlers[0] = [*qala.handlers[0][-2:], *qala.handlers[0][:-2]]
    return qala


async def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(
    talkative: Qala, daniel: Resident
) -> None:
    await daniel.send("/long")
    await daniel.wait_idle()
    parts = daniel.messages
    assert len(parts) > 1
    assert [bool(part.keyboard) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert "\n".join(part.text for part in parts).split("\n") == LINES
    assert all(part.covered("bold") == [part.text] for part in parts)


async def test_a_long_text_in_place_edits_the_first_part(talkative: Qala, daniel: Resident) -> None:
    await daniel.send("/menu")
    menu = await daniel.next_message()
    await daniel.press_data(menu, "long")
    await daniel.wait_idle()
    first, *rest = daniel.messages
    assert (first.message_id, first.keyboard) == (menu.message_id, [])
    assert first.text.startswith(LINES[0])
    assert rest[-1].text.endswith(LINES[-1])
    assert rest[-1].button_texts == ["Әрі"]


async def test_a_question_in_a_topic_is_answered_in_the_topic(sandbox: Sandbox, qala: Qala) -> None:
    message = {
        "message_id": 9100,
        "date": 1763640000,
        "chat": {"id": sandbox.group.id, "type": "supergroup", "title": "x", "is_forum": True},
        "from": sandbox.resident("Ольга").user,
        "text": "/help",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        "message_thread_id": 42,
        "is_topic_message": True,
    }
    sandbox.push_update({"message": message})
    await sandbox.wait_idle()
    (call,) = [call for call in sandbox.calls if call.method == "sendMessage"]
    assert int(call.params["message_thread_id"]) == 42


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("🏘 Аудандар", "districts"),
        ("аудандар", "districts"),
        ("Районы", "districts"),
        ("districts", "districts"),
        ("⚙ Settings", "settings"),
        ("Рядом со мной", "near"),
        ("районы города", None),
        ("", None),
    ],
)
def test_labels_are_known_in_every_language(text: str, topic: str | None) -> None:
    message = Update.de_json(
        {
            "update_id": 1,
            "message": {
                "message_id": 1,
                "date": 0,
                "chat": {"id": 1, "type": "private"},
                "text": text,
            },
        },
        None,
    ).message
    assert message is not None
    topics = ("near", "districts", "news", "budgets", "programmes", "settings", "help")
    assert [one for one in topics if KeyLabel(one).filter(message)] == ([topic] if topic else [])


def facts(package: Package | None, *sources: SourceFacts) -> About:
    return About(
        projects=1,
        statements=2,
        sources=3,
        places=4,
        programmes=5,
        last_import=None,
        data_until=None,
        package=package,
        top_sources=tuple((source, 1) for source in sources),
    )


def test_about_says_only_what_is_known() -> None:
    text = about_screen(texts_for("en"), facts(None)).text
    assert text == (
        "ℹ️ <b>About the data</b>\n\n"
        "• 1 project\n• 2 statements about them\n• 3 sources\n• 4 place names"
    )


def test_about_escapes_and_shortens_titles_but_not_licences() -> None:
    long = "Ж" * 200
    source = SourceFacts(f"<{long}", 'https://example.org/?a=1&b="2"')
    package = Package("Data <set>", "", Titles(), Titles(), (Licence(long, ""),), ("A & B", ""), ())
    told = facts(package, source, SourceFacts("", ""))
    parts = [about_screen(texts_for("en"), told, part).text for part in range(2)]
    assert parts[-1] == about_screen(texts_for("en"), told, 9).text  # no more than these
    text = "\n\n".join(parts)
    assert text.startswith("ℹ️ <b>About the data</b>\n<i>Data &lt;set&gt;</i>\n")
    shortened = f"&lt;{long[: LONGEST_TITLE - 2]}…"
    assert f'• <a href="https://example.org/?a=1&amp;b=&#34;2&#34;">{shortened}</a>' in text
    assert f"• {long}" in text
    assert text.endswith("Compiled by: A &amp; B")


def test_about_names_licences_in_the_readers_language() -> None:
    licence = Licence("Texts: MIT", "", Titles(kk="Мәтіндер: MIT", ru="Тексты: MIT"))
    package = Package("", "", Titles(), Titles(), (licence,), (), ())
    said = {lang: about_screen(texts_for(lang), facts(package)).text for lang in LANGUAGES}
    assert "• Мәтіндер: MIT" in said["kk"]
    assert "• Тексты: MIT" in said["ru"]
    assert "• Texts: MIT" in said["en"]  # what is not translated stands as it was written
