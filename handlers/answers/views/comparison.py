"""Answers that set groups side by side: which district has most, two kinds compared."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.answers.views.buttons import Pressed, behind_slots
from handlers.answers.views.lists import AnswerContext, AsOf, footer
from handlers.answers.views.sentences import nothing
from handlers.answers.views.sums import asked_sums
from handlers.frame.screens import Button, Screen
from handlers.frame.texts import Texts
from handlers.understanding.question import Question
from handlers.views import names as say
from handlers.views.lists import heading, lines, paragraphs
from handlers.views.money import short_money
from handlers.views.numbers import coverage
from handlers.views.parts import parted
from handlers.views.phrases import counted, listing
from handlers.views.sums import sum_lines, too_little
from storage.projects.comparison import Group, MoneyKind, Ranking, best_known, money_of
from storage.projects.sums import Money, together
from storage.vocabulary import KINDS, SECTORS

MOST_SHOWN = 12  # groups on a screen
AT_ONCE = 4  # lines that a page keeps together
FEWEST_COMPARED = 2  # fewer make no comparison


def rank_screen(asked: AnswerContext, ranking: Ranking, as_of: AsOf) -> Screen:
    """Return who has most (or fewest), those that are equal together, then all places.

    What stands outside of the order (several districts, no known sum) comes below it.
    """
    t = asked.t
    covered = ranking.covered
    if covered is not None and covered.known and not covered.is_telling:
        return _unranked(asked, ranking, covered, as_of)
    if not ranking.places:
        return _screen(asked, [t("<b>Not known:</b> no source has named a sum.")], as_of)
    first = ranking.places[0].groups
    named = listing(t, [group_name(asked, group.key) for group in first])
    told = t(
        "{most}: {names} – {figure}",
        most=_most(t, asked.question),
        names=named,
        figure=_figure(asked, first[0], ranking.money),
    )
    placed = [(place.position, group) for place in ranking.places for group in place.groups]
    body = [
        Markup("{}) {}").format(position, _line(asked, group, ranking.money))
        for position, group in placed[:MOST_SHOWN]
    ]
    rest = [Markup("– {}").format(_line(asked, group, ranking.money)) for group in ranking.rest]
    sentence = Markup("<b>{}</b>").format(told)
    return _screen(asked, [sentence, lines(*body), lines(*rest, _overlap(asked, ranking))], as_of)


def _unranked(asked: AnswerContext, ranking: Ranking, covered: Money, as_of: AsOf) -> Screen:
    """Why there is no order, then the sums that are known, by group."""
    known = [
        Markup("– {}").format(_line(asked, group, ranking.money))
        for group in ranking.rest
        if ranking.money and money_of(group, ranking.money).known
    ]
    told = Markup("<b>{}</b>").format(too_little(asked.t, covered))
    blocks = [
        lines(*known[at : at + AT_ONCE]) for at in range(0, min(len(known), MOST_SHOWN), AT_ONCE)
    ]
    return _screen(asked, [told, *blocks], as_of)


def _overlap(asked: AnswerContext, ranking: Ranking) -> Markup:
    """What was counted: the list, and a project of two districts in both."""
    t = asked.t
    if ranking.money is not None:
        return Markup()
    of_the_list = t("Only the projects in the list are counted.")
    twice = {
        "district": t("A project in two districts is counted in both."),
        "kind": t("A project of two kinds is counted in both."),
    }
    return lines(of_the_list, twice.get(asked.question.by or "", Markup()))


def compare_screen(asked: AnswerContext, groups: Sequence[Group], as_of: AsOf) -> Screen:
    """Return who has more, then the groups side by side with what is known of their money."""
    if not any(group.projects for group in groups):
        return _screen(asked, [nothing(asked.t, asked.until)], as_of)
    blocks = [_block(asked, group) for group in groups[:MOST_SHOWN]]
    return _screen(asked, [_verdict(asked, groups), *blocks], as_of)


def compared_money(question: Question, groups: Sequence[Group]) -> MoneyKind | None:
    """Which money is compared: the one named, else the one best known; None for numbers."""
    if question.measure != "money":
        return None
    return question.money or best_known(groups)


def _verdict(asked: AnswerContext, groups: Sequence[Group]) -> Markup:
    """The sentence: who has most, or that they are equal."""
    t, kind = asked.t, compared_money(asked.question, groups)
    if kind is not None:
        covered = together([money_of(group, kind) for group in groups])
        if covered.known and not covered.is_telling:
            return Markup("<b>{}</b>").format(too_little(t, covered))
    known = [group for group in groups if _value(group, kind) is not None]
    if len(known) < FEWEST_COMPARED:
        return t("<b>There is not enough known to compare.</b>")
    known.sort(key=lambda group: -(_value(group, kind) or 0))
    if _value(known[0], kind) == _value(known[-1], kind):
        words = listing(t, [group_name(asked, group.key) for group in known])
        return t(
            "<b>{names}: equal, {figure}</b>", names=words, figure=_figure(asked, known[0], kind)
        )
    return Markup("<b>{}</b>").format(
        t(
            "Most: {one}; fewest: {other}",
            one=_named_figure(asked, known[0], kind),
            other=_named_figure(asked, known[-1], kind),
        )
    )


def _value(group: Group, kind: MoneyKind | None) -> int | None:
    return money_of(group, kind).kzt if kind else group.projects


def _block(asked: AnswerContext, group: Group) -> Markup:
    """A group with its number of projects and what is known of its money."""
    t, question = asked.t, asked.question
    name = Markup("<b>{}</b>").format(say.sentence(group_name(asked, group.key)))
    sums = sum_lines(t, group, asked_sums(question))
    return lines(heading(name, counted(t, _of_group(question, group.key), group.projects)), *sums)


def _of_group(question: Question, key: str) -> Question:
    """The question narrowed to a kind, where kinds are compared: «5 мектеп»."""
    if question.by == "kind":
        return replace(question, kinds=(key,) if key in KINDS else ())
    return question


def _named_figure(asked: AnswerContext, group: Group, kind: MoneyKind | None) -> Markup:
    """«Алатау ауданы – 9 мектеп»; of kinds that are counted the figure says all: «9 мектеп»."""
    figure = _figure(asked, group, kind)
    if kind is None and asked.question.by == "kind" and group.key in KINDS:
        return Markup("{}").format(figure)
    return Markup("{} – {}").format(group_name(asked, group.key), figure)


def _line(asked: AnswerContext, group: Group, kind: MoneyKind | None) -> Markup:
    name = say.sentence(group_name(asked, group.key))
    return Markup("{}: {}").format(name, _figure(asked, group, kind))


def _figure(asked: AnswerContext, group: Group, kind: MoneyKind | None) -> Markup | str:
    t = asked.t
    if kind is None:
        return counted(t, _of_group(asked.question, group.key), group.projects)
    part = money_of(group, kind)
    covered = coverage(t, part.known, part.of)
    if not part.known:
        return short_money(t, None)
    return Markup("{} ({})").format(short_money(t, part.kzt), covered)


def group_name(asked: AnswerContext, key: str) -> str:
    """What a group is called: a district, kind, sector, programme or state; a year as it is."""
    t, by = asked.t, asked.question.by
    special = {
        "several": t("Several districts"),
        "citywide": t("The whole city"),
        "none": t("District not stated") if by == "district" else t("No programme"),
        "unknown": t("not known"),
    }
    if key in special:
        return special[key]
    if by == "kind":
        return KINDS[key].plurals[t.language] if key in KINDS else key
    if by == "sector":
        return SECTORS[key].labels[t.language] if key in SECTORS else key
    if by == "programme":
        return asked.names.programme(t, key)
    if by == "state":
        return say.state(t, key)
    return key if by == "year" else asked.names.district(t, key)


def _most(t: Texts, question: Question) -> Markup:
    few = question.direction == "fewest"
    if question.measure == "money":
        return t("Least money") if few else t("Most money")
    return t("Fewest") if few else t("Most")


def _screen(asked: AnswerContext, body: Sequence[Markup], as_of: AsOf) -> Screen:
    t = asked.t
    projects = Button(t("📋 These projects"), Pressed(asked.number, "i", 0).data())
    text = paragraphs(asked.understood(), *body, footer(t, as_of))
    slots = behind_slots(t, asked.question, asked.number, asked.page)
    screen = Screen(text, ((projects,),), narrow=slots)
    return parted(screen, asked.page, lambda part: Pressed(asked.number, "p", part).data())
