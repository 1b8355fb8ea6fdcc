"""What a chat asked last, what was missed, and what is kept of both for how long."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from storage.database.store import Store
from storage.people import last_question, missed_questions, people
from storage.tables.conversation import AskedQuestion, MissedQuestion

NOW = datetime(2025, 11, 20, 6, 17, 42, tzinfo=UTC)
CHAT, OTHER, GROUP = 2**40, 7, -(10**12)
MINUTE = timedelta(minutes=1)
QUESTION = {"intent": "count", "kinds": ["school"], "amount": [None, 5 * 10**11], "text": "ә «»"}


def test_a_question_is_recalled_for_half_an_hour(session: Session) -> None:
    assert last_question.recall(session, CHAT, NOW) is None
    number = last_question.remember(session, CHAT, QUESTION, [7, 3, 5], NOW)
    found = last_question.recall(session, CHAT, NOW + 30 * MINUTE)
    assert found == last_question.StoredQuestion(number, QUESTION, (7, 3, 5), NOW)
    assert last_question.recall(session, CHAT, NOW + 31 * MINUTE) is None
    assert last_question.recall(session, CHAT, NOW + 31 * MINUTE, 60 * MINUTE) == found
    assert last_question.recall(session, OTHER, NOW) is None


def test_the_last_question_is_recalled_and_earlier_ones_found_by_number(session: Session) -> None:
    first = last_question.remember(session, CHAT, {"n": 1}, [], NOW)
    other = last_question.remember(session, GROUP, {"n": 2}, [], NOW)
    last = last_question.remember(session, CHAT, {"n": 3}, [], NOW)  # in the same moment
    recalled = last_question.recall(session, CHAT, NOW)
    assert recalled is not None
    assert recalled.id == last > other > first
    earlier = last_question.asked(session, first, CHAT)
    assert earlier is not None
    assert earlier.question == {"n": 1}
    assert last_question.asked(session, first, OTHER) is None  # another chat's number opens nothing
    assert last_question.asked(session, last + 1, CHAT) is None


def test_questions_are_forgotten_and_their_numbers_not_used_again(session: Session) -> None:
    old = last_question.remember(session, CHAT, {}, [], NOW - timedelta(days=2))
    assert last_question.forget_older(session, NOW - last_question.KEPT) == 1
    assert last_question.forget_older(session, NOW - last_question.KEPT) == 0
    assert last_question.remember(session, CHAT, {}, [], NOW) > old


def test_the_person_sees_and_deletes_their_questions(session: Session) -> None:
    people.seen(session, CHAT, NOW)
    last_question.remember(session, CHAT, QUESTION, [3], NOW)
    last_question.remember(session, OTHER, {}, [], NOW)
    exported = people.export_person(session, CHAT)
    assert exported["keep_missed"] is True
    assert exported["questions"] == [
        {"asked_at": "2025-11-20T06:17:42+00:00", "question": QUESTION, "shown": [3]}
    ]
    assert json.loads(json.dumps(exported)) == exported
    assert people.delete_person(session, CHAT) is True
    assert people.export_person(session, CHAT) == {}
    assert session.scalars(select(col(AskedQuestion.chat_id))).all() == [OTHER]


def test_questions_of_a_chat_that_is_no_person_are_told_and_deleted_too(session: Session) -> None:
    last_question.remember(session, CHAT, {}, [], NOW)
    exported = people.export_person(session, CHAT)
    assert (exported["chat_id"], len(exported["questions"])) == (CHAT, 1)
    assert people.delete_person(session, CHAT) is True
    assert people.delete_person(session, CHAT) is False


def test_keeping_what_was_missed_can_be_switched_off(session: Session) -> None:
    assert people.seen(session, CHAT, NOW).keep_missed is True
    people.set_keep_missed(session, CHAT, keep=False, now=NOW)
    people.set_language(session, CHAT, "kk", NOW)
    known = people.person(session, CHAT)
    assert known is not None
    assert (known.keep_missed, known.language) == (False, "kk")
    people.set_keep_missed(session, OTHER, keep=False, now=NOW)  # before anything else is kept
    other = people.person(session, OTHER)
    assert other is not None
    assert other.keep_missed is False


def test_the_commonest_misses_come_first_grouped_by_folded_text(session: Session) -> None:
    for text, language in (
        ("Қалада қандай бассейн бар?", "kk"),
        ("калада кандай бассейн бар", "kk"),
        ("КАЛАДА кандай бассейн бар!!!", "ru"),
        ("калада кандай бассейн бар", "kk"),
        ("where pool", "en"),
    ):
        missed_questions.note(session, text, language, "leftover", NOW)  # type: ignore[arg-type]
    missed_questions.note(session, "later", "en", "unclear", NOW + timedelta(hours=2))
    missed_questions.note(session, "long ago", "en", "unclear", NOW - timedelta(days=100))
    first, second, third = missed_questions.top(session, NOW - missed_questions.KEPT)
    assert (first.text, first.times) == ("калада кандай бассейн бар", 4)
    assert (first.languages, first.reasons) == (("kk", "ru"), ("leftover",))
    assert (second.text, third.text) == ("later", "where pool")  # equally often: the later first
    assert len(missed_questions.top(session, NOW - missed_questions.KEPT, limit=1)) == 1
    assert missed_questions.forget_older(session, NOW - missed_questions.KEPT) == 1
    assert len(missed_questions.top(session, datetime(2000, 1, 1, tzinfo=UTC))) == 3


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("звоните +7 (701) 123-45-67 после 6", "звоните … после 6"),
        ("8 701 123 45 67", None),
        ("ИИН 850101300123 школа", "ИИН … школа"),
        ("пишите aida.k@mail.kz или @aida_k", "пишите … или …"),
        ("смотри https://t.me/aida?x=1 тут", "смотри … тут"),
        ("мектеп №178, 2,6 трлн, 2025-11-20", "мектеп №178, 2,6 трлн, 2025-11-20"),
        ("дороже 500 000 000 тенге", "дороже 500 000 000 тенге"),
        ("  два\n\nслова\t", "два слова"),
        ("\0?!…", None),
        ("ә" * 5000, "ә" * missed_questions.MOST_LETTERS),
    ],
)
def test_what_tells_of_a_person_is_not_kept(session: Session, text: str, kept: str | None) -> None:
    missed_questions.note(session, text, "ru", "unclear", NOW)
    found = session.execute(select(col(MissedQuestion.text), col(MissedQuestion.asked_at))).all()
    hour = NOW.replace(minute=0, second=0)
    assert [tuple(row) for row in found] == ([] if kept is None else [(kept, hour)])
    assert set(MissedQuestion.model_fields) == {"id", "text", "language", "reason", "asked_at"}


@given(st.text(max_size=5000))
def test_no_text_is_too_odd(text: str) -> None:
    kept = missed_questions.impersonal(text)
    assert len(kept) <= missed_questions.MOST_LETTERS
    assert "\0" not in kept
    assert "\n" not in kept


async def test_odd_texts_can_be_stored(store: Store) -> None:
    for text in ("\0школа\ud83d", "🏫 \u202e abc", "\ud800"):
        await store.write(missed_questions.note, text, "ru", "unclear", NOW)
    found = await store.read(missed_questions.top, NOW - missed_questions.KEPT)
    assert {each.times for each in found} == {1}
    await store.write(last_question.remember, 1, {"text": "\ud83d\0"}, [], NOW)
    kept = await store.read(last_question.recall, 1, NOW)
    assert kept is not None
    await store.aclose()
