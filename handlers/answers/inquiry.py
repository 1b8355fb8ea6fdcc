"""One question on its way to an answer, and the answer that comes of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from telegram import Update

from handlers.answers.views.lists import AnswerContext, AsOf, as_of_card
from handlers.frame.context import Context
from handlers.frame.screens import Screen
from handlers.frame.texts import Texts, texts_for
from handlers.looks.names import names_of, stored_names
from handlers.understanding.question import Question
from handlers.views.callbacks import MENU
from handlers.views.lists import PAGE
from handlers.views.names import Names, unknown_districts, unknown_programmes
from storage.projects import listing
from storage.projects.project_filter import ProjectFilter
from storage.projects.summary import Listed
from storage.values.partial_dates import PartialDate


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: the question as it was answered, and the projects shown, in their order.

    `screen` draws it with the number under which the question is kept. `page` is the page shown;
    `back` leads to the list from which a project was picked, "" for none.
    """

    question: Question
    screen: Callable[[int], Screen]
    shown: tuple[int, ...] = ()
    page: int = 0
    back: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question with the conversation that it belongs to; `page` is counted from 0.

    `contractors` are the spellings under which the store has the contractor that was named, `named`
    the projects in whose title or address the place that was named stands; `back`
    is the callback data of the list from which a project was picked; `until` is how old the data
    is.
    """

    update: Update
    context: Context
    question: Question
    page: int = 0
    contractors: tuple[str, ...] = ()
    back: str = MENU
    named: tuple[int, ...] = ()
    until: PartialDate | None = None
    filters: ProjectFilter = field(init=False)

    def __post_init__(self) -> None:
        """What the question narrows the facts to."""
        late = self.context.today if self.question.overdue else None
        filters = replace(self.question.filter, contractors=self.contractors, overdue_on=late)
        begins = self.question.period and self.question.period.first
        if begins == self.context.today:
            filters = replace(filters, to_come=True)
        if filters.near is not None and self.named:
            filters = replace(filters, near=replace(filters.near, named=self.named))
        object.__setattr__(self, "filters", filters)

    @property
    def t(self) -> Texts:
        """The texts in the language of the answer."""
        return texts_for(self.question.language)

    @property
    def offset(self) -> int:
        """The offset of the page."""
        return self.page * PAGE

    def of(self, question: Question) -> "Inquiry":
        """The same conversation with another question, from its first page on."""
        return replace(self, question=question, page=0)

    def at(self, page: int) -> "Inquiry":
        """The same question at another page."""
        return replace(self, page=page)

    async def names(self, found: Iterable[Listed] = (), codes: Iterable[str] = ()) -> Names:
        """What districts and programmes are called that only the store knows."""
        question = self.question
        programmes = {*codes, *([question.programme] if question.programme else ())}
        own = await stored_names(
            self.context, unknown_districts(question.districts), unknown_programmes(programmes)
        )
        others = await names_of(self.context, found)
        return Names({**own.districts, **others.districts}, {**own.programmes, **others.programmes})

    def asked(self, names: Names, number: int) -> AnswerContext:
        """The question with what its answer is written with."""
        return AnswerContext(
            *(self.t, names, self.question, number, self.context.today, self.page), self.until
        )

    async def as_of(self, filters: ProjectFilter | None = None) -> AsOf:
        """The day of the latest statement about what passes the filters, and who made it."""
        latest = await self.context.facts(
            listing.listing, filters or self.filters, order="newest", limit=1
        )
        if not latest.items:
            return AsOf()
        card = await self.context.facts(listing.card, latest.items[0].id, self.context.today)
        return as_of_card(card) if card else AsOf()
