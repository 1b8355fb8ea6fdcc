"""What is said when the facts cannot answer: not a question for them, not understood, expired."""

from dataclasses import replace

from markupsafe import Markup

from handlers.answers.views.buttons import ROOT, Pressed
from handlers.answers.views.understood import understood, understood_words
from handlers.frame.main_keyboard import ROOTS, menu_rows
from handlers.frame.screens import Button, Rows, Screen
from handlers.frame.texts import LANGUAGES, Language, Texts, plain, texts_for
from handlers.understanding.question import INTENTS, Intent, Question
from handlers.views.lists import heading, lines, paired, paragraphs, rows, shortened
from handlers.views.names import Names

EXAMPLE = f"{ROOT}e"  # q:e<number>:<language>
MOST_READINGS = 2
MOST_LEFT = 60  # characters of the words that were not understood


def other_screen(t: Texts, question: Question) -> Screen:
    """Return one friendly sentence for what is not about public projects, and what is answered."""
    answers = {
        "complaint": t("I cannot take complaints: the city's contact centre <b>109</b> does."),
        "service": t("I cannot do that for you: for the city's services call <b>109</b>."),
        "weather": t("I do not know about the weather 🙂"),
        "chat": t("Thank you for the talk, but I only know about projects 🙂"),
        "who_are_you": t("I am <b>Qala</b>, a bot that knows what is being built in Almaty."),
        "thanks": t("You are welcome! Ask again any time 🙂"),
        "greeting": t("Hello! 🙂"),
    }
    unknown = t("I do not know about that: I only know what is being built in Almaty.")
    return Screen(lines(answers.get(question.topic or "", unknown), can(t)), example_rows(t))


def can(t: Texts) -> Markup:
    """Return what can be asked, in one sentence."""
    return t(
        "Ask me what is being built in Almaty, where, when it will be finished and how much it "
        "costs. For example:"
    )


def examples(t: Texts) -> tuple[Markup, ...]:
    """Return questions that can be asked just so."""
    return (
        t("Which schools are being built in Alatau?"),
        t("How many parks were opened in 2025?"),
        t("What is overdue in Nauryzbay?"),
    )


def example_rows(t: Texts) -> Rows:
    """Return the examples as buttons that ask them, and the ways to look without words."""
    asked = [
        Button(text, f"{EXAMPLE}{number}:{t.language}") for number, text in enumerate(examples(t))
    ]
    ways = (Button(t("🏘 Districts"), ROOTS["districts"]), Button(t("❓ Help"), ROOTS["help"]))
    return (*paired(asked, 1), ways)


def read_example(data: str) -> tuple[str, Language] | None:
    """Return the question that the button of an example asks, and its language."""
    number, _, code = data.removeprefix(EXAMPLE).partition(":")
    language = next((each for each in LANGUAGES if each == code), None)
    if language is None or not number.isdecimal():
        return None
    known = examples(texts_for(language))
    return (plain(known[int(number)]), language) if int(number) < len(known) else None


def expired_screen(t: Texts) -> Screen:
    """Return that the question behind a button is no longer kept."""
    text = t("I no longer remember this question: please ask it again, in your own words.")
    return Screen(text, menu_rows(t))


def readings(question: Question) -> tuple[Intent, ...]:
    """Return what a question that was not understood may want, as far as its slots tell."""
    if question.follows and not question.evidence:
        return ()  # nothing of it is this text's own
    if question.projects:
        return ("state", "when", "cost")
    if question.place is not None:
        return ("near", "list", "count")
    if question.kinds or question.sectors or question.districts or question.programme:
        return ("list", "count", "total")
    return ()


def unclear_rows(t: Texts, names: Names, question: Question, asked: int) -> Rows:
    """Return the readings as buttons: «қанша · мектеп · Алатау»."""
    found = []
    for intent in readings(question)[:MOST_READINGS]:
        label = reading_label(t, names, question, intent)
        found.append(Button(label, Pressed(asked, "i", INTENTS.index(intent)).data()))
    return rows(*paired(found, 1))


def reading_label(t: Texts, names: Names, question: Question, intent: Intent) -> str:
    """Return what a reading would answer, in the words of an answer's first line."""
    words = understood_words(t, names, replace(question, intent=intent))
    return plain(words if intent != "list" else heading(t("which ones"), words))


def unclear_text(t: Texts, question: Question) -> Markup:
    """Return that it was not understood, which words were not, and what stands below."""
    words = shortened(", ".join(question.leftover), MOST_LEFT)
    left = t("I do not know these words: {words}.", words=words) if words else Markup()
    offered = t("Did you mean one of these? Press a button.") if readings(question) else Markup()
    return paragraphs(
        lines(t("<b>I did not understand the question.</b>"), left, offered),
        t("Below is what a search for your words finds. It is not an answer."),
    )


def name_it_screen(t: Texts, question: Question) -> Screen:
    """Return the question which project is meant, where nothing at all was named."""
    text = paragraphs(
        understood(t, Names(), question),
        lines(t("<b>Which project do you mean?</b>"), t("Name it: by its number, street or kind.")),
    )
    return Screen(text, example_rows(t))
