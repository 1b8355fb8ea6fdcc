"""What the bot answers, and what its words for a project's state mean."""

from handlers.frame.main_keyboard import ROOTS, menu_button
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Markup, Texts
from handlers.views.guide.about import ABOUT
from handlers.views.guide.settings import PRIVACY
from handlers.views.parts import parted


def help_screen(t: Texts, part: int = 0) -> Screen:
    """What can be asked, and the meaning of the states."""
    parts = [
        t("❓ <b>How to ask me</b>"),
        t(
            "💬 Ask in your own words, in Kazakh, Russian or English:\n"
            "• <i>Which schools are being built in Alatau?</i>\n"
            "• <i>How many parks were opened last year?</i>\n"
            "• <i>The most expensive road in Turksib?</i>\n"
            "• <i>When will school 178 open?</i> – then: <i>and in Medeu?</i>"
        ),
        t(
            "📍 Or send a location, or write a street, a microdistrict or a district.\n"
            "🔎 /search and a word finds projects by their names."
        ),
        t(
            "/near – what is near\n"
            "/districts – the eight districts\n"
            "/budget – how much money\n"
            "/news – finished, due soon, overdue\n"
            "/programmes – what was promised\n"
            "/subscribe – get news without asking\n"
            "/stop – end all subscriptions\n"
            "/language – change the language"
        ),
        t(
            "<b>What the words mean</b>\n"
            "• being built: in progress or at the final stage\n"
            "• planned: announced or planned, not begun\n"
            "• finished: completed\n"
            "• overdue: still not finished after the promised day\n"
            "• no news since: the promised day has passed, and no source has said more"
        ),
        t("Every fact has its source. What no source says, I call unknown."),
    ]
    rows = (
        (Button(t("ℹ️ About the data"), ABOUT), Button(t("🔒 Privacy"), PRIVACY)),
        (menu_button(t),),
    )
    screen = Screen(Markup("\n\n").join(parts), rows)
    return parted(screen, part, lambda at: f"{ROOTS['help']}:{at}")
