"""Subscribing, as residents do it: a few taps, seen before, changed or ended when they like."""

import re
from dataclasses import replace

from bot.sandbox.message import Message
from bot.sandbox.resident import Resident
from handlers.views.draft_data import Draft, draft_data
from storage.database.store import Store
from storage.geo.circle import Circle
from storage.geo.points import Point
from storage.news.filters import NewsFilter
from storage.people import people
from storage.places.places import about_district
from storage.projects.listing import listing
from storage.subscriptions import subscribers
from storage.subscriptions.schedules import Schedule
from storage.subscriptions.subscriptions import Subscribed, add, preview, subscriptions
from storage.tables.numbers import numbered
from storage.vocabulary import DISTRICTS, KINDS
from tests.conversation.asking import at, button_of, labels, press, press_behind, say
from tests.conversation.clock import Clock


async def mine(store: Store, who: Resident) -> tuple[Subscribed, ...]:
    return await store.read(subscriptions, who.id)


async def follow_the_city(who: Resident) -> Message:
    await say(who, "/subscribe")
    await press(who, "🌆")
    return await press(who, "✅")


async def toast(who: Resident, label: str) -> str:
    """What a press of the last message's button says for a moment."""
    data = button_of(who.last, label).callback_data or ""
    answer = await who.answer_to(await who.press(data, who.last))
    await who.wait_idle()
    return answer.text


async def test_the_whole_city_in_two_taps(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    news = (await city_store.read(preview, NewsFilter(), clock())).news
    asked = await say(daniel, "/subscribe")
    assert "What shall I tell you about?" in asked.text
    draft = await press(daniel, "🌆 Whole city")
    assert "Whole city" in draft.text
    assert f"📈 About {round(len(news) / 4)} a week; none in 3 of the last 4 weeks." in draft.text
    told = [line for line in draft.text.splitlines() if line.startswith("✅")]
    assert told
    assert f"and {len(news) - len(told)} more" in draft.text
    done = await press(daniel, "✅ Subscribe")
    assert "The first one, if anything is new: 21 November 2025" in done.text
    (only,) = await mine(city_store, daniel)
    assert only.filter == NewsFilter()
    assert only.schedule == Schedule()


async def test_changed_or_removed_in_two_taps(daniel: Resident, city_store: Store) -> None:
    await follow_the_city(daniel)
    listed = await press(daniel, "⬅️ Subscriptions")
    assert "1. Whole city\n⏰ on Fridays at 18:00" in listed.text
    opened = await press(daniel, "1. Whole city")
    assert "✅ Keep the changes" not in labels(opened)
    await press(daniel, "🗑 Remove")
    assert await mine(city_store, daniel) == ()
    assert await toast(daniel, "↩️ Bring it back") == "Subscribed."
    assert len(await mine(city_store, daniel)) == 1


async def test_narrowed_tap_by_tap(resident: Resident, city_store: Store) -> None:
    await say(resident, "🔔 Жазылымдар")
    await press(resident, "🏘")
    await press(resident, "Медеу")
    await press(resident, "Алатау")
    await press(resident, "➡️")
    await press(resident, "🏷")
    await press(resident, "🏫 Мектептер")
    await press(resident, "🧸")
    assert "✓ 🧸 Балабақшалар" in labels(resident.last)
    await press(resident, "➡️")
    await press(resident, "📰")
    await press(resident, "Кейінге шегерілген")
    await press(resident, "➡️")
    await press(resident, "⏰")
    await press(resident, "🗓")
    await press(resident, "📆")
    await press(resident, "15")
    await press(resident, "🕕")
    await press(resident, "09:00")
    draft = await press(resident, "➡️")
    assert "әр айдың 15-жұлдызында, сағат 09:00" in draft.text
    await press(resident, "✅")
    (only,) = await mine(city_store, resident)
    assert only.schedule == Schedule("monthly", 15, 9)
    assert only.filter == NewsFilter(
        news=("completed", "slipped"),
        districts=("alatau", "medeu"),
        kinds=("kindergarten", "school"),
    )


async def test_pressed_five_times_is_one(daniel: Resident, city_store: Store) -> None:
    await say(daniel, "/subscribe")
    draft = await press(daniel, "🌆")
    data = button_of(draft, "✅").callback_data or ""
    said = [await daniel.answer_to(await daniel.press_data(draft, data)) for _ in range(5)]
    await daniel.wait_idle()
    assert [each.text for each in said] == ["Subscribed.", *["You have this one already."] * 4]
    assert len(await mine(city_store, daniel)) == 1


async def test_twenty_are_enough(daniel: Resident, city_store: Store, clock: Clock) -> None:
    with city_store.writing() as session:
        for radius in range(1, 21):
            near = NewsFilter(near=Circle(Point.of(43.2, 76.9), radius * 200))
            add(session, daniel.id, near, Schedule(), "en", clock())
    await say(daniel, "/subscribe")
    await press(daniel, "➕")
    await press(daniel, "🌆")
    assert "20 subscriptions" in (await press(daniel, "✅")).text
    assert len(await mine(city_store, daniel)) == 20


async def test_many_are_turned_by_pages(daniel: Resident, city_store: Store, clock: Clock) -> None:
    with city_store.writing() as session:
        for radius in range(1, 10):
            near = NewsFilter(near=Circle(Point.of(43.2, 76.9), radius * 200))
            add(session, daniel.id, near, Schedule(), "en", clock())
    first = await say(daniel, "/subscribe")
    assert "page 1 of 3" in first.text
    second = await press(daniel, "▶️")
    assert "5. " in second.text
    last = await press(daniel, "▶️")
    assert "9. " in last.text
    assert "8. " not in last.text
    assert "▶️" not in labels(last)
    assert "🗑 Remove" in labels(await press(daniel, "9. "))
    await daniel.press_data(daniel.last, "u:r99")
    await daniel.wait_idle()
    assert "page 3 of 3" in daniel.last.text


async def test_near_home(daniel: Resident, city_store: Store, clock: Clock) -> None:
    assert "Save as home" in (await say(daniel, "/subscribe")).text
    await city_store.write(people.save_home, daniel.id, Point.of(43.23812, 76.94549), clock())
    await say(daniel, "/subscribe")
    draft = await press(daniel, "🏠 Near home, 2")
    assert "Near home, 2" in draft.text
    await press(daniel, "📍 Where")
    await press(daniel, "5\N{NO-BREAK SPACE}km")
    await press(daniel, "➡️")
    await press(daniel, "✅")
    (only,) = await mine(city_store, daniel)
    assert only.filter == NewsFilter(near=Circle(Point.of(43.238, 76.945), 5000))


async def test_from_the_list_around_a_typed_place(daniel: Resident, city_store: Store) -> None:
    await say(daniel, "/subscribe")
    assert "Write the place here" in (await press(daniel, "📍")).text
    around = await say(daniel, "Орбита-3")
    draft = await press(daniel, "🔔 Follow")
    assert draft.message_id != around.message_id, "the list stays where it is"
    await press(daniel, "✅")
    (only,) = await mine(city_store, daniel)
    assert only.filter.near is not None
    assert only.filter.near.point == only.filter.near.point.rounded()
    await say(daniel, "Орбита-3")
    opened = await press(daniel, "✓ Subscribed")
    assert "🗑 Remove" in labels(opened)


async def test_from_the_answer_to_a_question(daniel: Resident, city_store: Store) -> None:
    await say(daniel, "Which schools are being built in Alatau?")
    await press(daniel, "🔔 Follow")
    await press(daniel, "✅")
    (only,) = await mine(city_store, daniel)
    assert only.filter == NewsFilter(districts=("alatau",), kinds=("school",))
    for other in ("Schools in Alatau over 5 billion", "The most expensive school?", "Hello"):
        assert not any("🔔" in label for label in labels(await say(daniel, other))), other


async def test_from_a_location_with_its_sector(daniel: Resident, city_store: Store) -> None:
    await at(daniel, 43.2220, 76.8512)
    await press_behind(daniel, "🎛", "🗂")
    await press(daniel, "🏫")
    await press(daniel, "🔔 Follow")
    await press(daniel, "✅")
    (only,) = await mine(city_store, daniel)
    assert only.filter.sectors == ("social",)
    assert only.filter.near is not None
    assert only.filter.near.radius_m == 2000


async def test_from_a_district_and_a_programme(daniel: Resident, city_store: Store) -> None:
    await say(daniel, "/districts")
    await press(daniel, "Medeu")
    await press(daniel, "🔔 Follow")
    await press(daniel, "✅")
    await say(daniel, "/programmes")
    await press(daniel, "1")
    await press(daniel, "🔔 Follow")
    await press(daniel, "✅")
    found = [each.filter for each in await mine(city_store, daniel)]
    assert [(each.districts, len(each.programmes)) for each in found] == [(("medeu",), 0), ((), 1)]


async def test_one_project_from_its_card(daniel: Resident, city_store: Store) -> None:
    await say(daniel, "/search school")
    card = await press(daniel, "1")
    title = card.text.splitlines()[0]
    draft = await press(daniel, "🔔 Follow")
    assert "📍 Where" not in labels(draft)
    done = await press(daniel, "✅")
    (only,) = await mine(city_store, daniel)
    assert only.filter.news == ("completed", "slipped", "state", "budget")
    assert only.filter.project is not None
    assert done.text.splitlines()[2][:20] in title
    await say(daniel, "/search school")
    await press(daniel, "1")
    assert "✓ Subscribed" in labels(daniel.last)


async def test_the_time_is_one_for_all_of_a_cadence(daniel: Resident, city_store: Store) -> None:
    await follow_the_city(daniel)
    await say(daniel, "/districts")
    await press(daniel, "Medeu")
    await press(daniel, "🔔")
    await press(daniel, "⏰")
    assert "1 other subscription of this kind" in daniel.last.text
    await press(daniel, "📆")
    await press(daniel, "On Sundays")
    await press(daniel, "➡️")
    await press(daniel, "✅")
    sunday = Schedule("weekly", 7, 18)
    assert [each.schedule for each in await mine(city_store, daniel)] == [sunday, sunday]
    await say(daniel, "/districts")
    await press(daniel, "Alatau")
    assert "on Sundays at 18:00" in (await press(daniel, "🔔")).text, "and for what comes later"


async def test_at_once_says_that_nights_are_quiet(daniel: Resident) -> None:
    await say(daniel, "/subscribe")
    await press(daniel, "🌆")
    await press(daniel, "⏰")
    assert "22:00 and 08:00" in (await press(daniel, "⚡")).text


async def test_without_any_news_there_is_nothing_to_tell(daniel: Resident) -> None:
    await say(daniel, "/subscribe")
    await press(daniel, "🌆")
    menu = await press(daniel, "📰")
    assert "I never write about corrections of wording." in menu.text
    assert (await toast(daniel, "✓ Completed")).startswith("At least one must stay chosen")


async def test_a_removed_one_is_not_changed_but_made_anew(
    daniel: Resident, city_store: Store
) -> None:
    await follow_the_city(daniel)
    await press(daniel, "⬅️ Subscriptions")
    await press(daniel, "1. Whole city")
    await press(daniel, "📰")
    menu = await press(daniel, "New projects")
    await say(daniel, "/stop")
    await daniel.press(button_of(menu, "✅").callback_data or "", menu)
    await daniel.wait_idle()
    changed = next(each for each in daniel.messages if each.message_id == menu.message_id)
    assert "✅ Subscribe" in labels(changed)
    assert await mine(city_store, daniel) == ()


async def test_changed_in_a_menu_is_kept_from_there(daniel: Resident, city_store: Store) -> None:
    await follow_the_city(daniel)
    await press(daniel, "⬅️ Subscriptions")
    await press(daniel, "1. Whole city")
    await press(daniel, "⏰")
    assert "➡️ Done" in labels(daniel.last), "nothing to keep yet"
    await press(daniel, "🗓")
    assert "🔔 Subscriptions" in (await press(daniel, "✅ Keep")).text
    (only,) = await mine(city_store, daniel)
    assert only.schedule == Schedule("monthly", 1, 18)


async def test_stop_ends_all_at_once(daniel: Resident, city_store: Store) -> None:
    await follow_the_city(daniel)
    ended = await say(daniel, "/stop")
    assert "Ended: 1 subscription." in ended.text
    assert "/subscribe" in ended.text
    assert await mine(city_store, daniel) == ()
    assert await city_store.read(subscribers.subscriber, daniel.id) is None
    assert "You have no subscriptions" in (await say(daniel, "/stop")).text


async def test_the_digests_speak_the_chosen_language(daniel: Resident, city_store: Store) -> None:
    await follow_the_city(daniel)
    await say(daniel, "/language")
    await press(daniel, "Қазақша")
    facts = await city_store.read(subscribers.subscriber, daniel.id)
    assert facts is not None
    assert facts.language == "kk"
    await say(daniel, "/settings")
    assert "Жазылымдар: 1" in daniel.last.text
    assert "1. Бүкіл қала" in labels(await press(daniel, "🔔 Жазылымдар"))


async def test_still_here_notes(daniel: Resident, city_store: Store) -> None:
    await follow_the_city(daniel)
    await press(daniel, "⬅️ Subscriptions")
    assert "I keep silent" in (await press(daniel, "⋯")).text
    await press(daniel, "“Still here” notes")
    facts = await city_store.read(subscribers.subscriber, daniel.id)
    assert facts is not None
    assert facts.notes
    await press(daniel, "✓ “Still here” notes")
    facts = await city_store.read(subscribers.subscriber, daniel.id)
    assert facts is not None
    assert not facts.notes


async def test_deleting_everything_ends_them(daniel: Resident, city_store: Store) -> None:
    await follow_the_city(daniel)
    await say(daniel, "/privacy")
    assert "your subscriptions" in daniel.last.text
    assert "all your subscriptions end" in (await press(daniel, "🗑 Delete")).text
    await press(daniel, "🗑 Yes")
    assert await mine(city_store, daniel) == ()


HOME = Point.of(43.2220, 76.8512)  # in the middle of Auezov or Bostandyk


def unplaced_in(store: Store, point: Point, wanted: NewsFilter) -> tuple[tuple[str, ...], int]:
    """The districts of a point, and how many of their projects that pass have no point."""
    with store.reading() as session:
        districts = about_district(session, point).districts
        asked = NewsFilter(
            districts=districts,
            kinds=wanted.kinds,
            sectors=wanted.sectors,
            programmes=wanted.programmes,
        )
        found = listing(session, asked, limit=1000).items
        return districts, sum(each.point is None for each in found)


async def at_home(who: Resident, store: Store, clock: Clock) -> None:
    await say(who, "/start")
    await store.write(people.save_home, who.id, HOME, clock())


async def test_a_circle_says_what_it_leaves_out_and_adds_it_in_one_tap(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    await at_home(daniel, city_store, clock)
    (slug,), count = unplaced_in(city_store, HOME, NewsFilter())
    assert count > 1
    district = DISTRICTS[slug].names["en"]
    await say(daniel, "/subscribe")
    draft = await press(daniel, "🏠 Near home")
    told = f"{district}: {count} projects have no point on the map."
    assert f"{told} Only subscribers of the district hear of them." in draft.text
    done = await press(daniel, f"✅ + {district}")
    assert done.text.startswith("✅ Subscribed.")
    assert f"{told} They come with your subscription to the district." in done.text
    circle, whole = await mine(city_store, daniel)
    assert circle.filter.near == Circle(HOME.rounded(), 2000)
    assert whole.filter == NewsFilter(districts=(slug,))
    assert circle.schedule == whole.schedule
    listed = await press(daniel, "⬅️ Subscriptions")
    assert f"2. {district}" in listed.text
    assert "no point" not in listed.text
    assert not any(label.startswith("🏘") for label in labels(listed))
    opened = await press(daniel, "1. Near home")
    assert f"{told} They come with your subscription to the district." in opened.text
    assert not any(district in label for label in labels(opened))


async def test_the_district_is_offered_after_confirming_and_in_the_list(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    await at_home(daniel, city_store, clock)
    (slug,), count = unplaced_in(city_store, HOME, NewsFilter())
    district = DISTRICTS[slug].names["en"]
    for listed_first in (False, True):
        await say(daniel, "/subscribe")
        await press(daniel, "🏠 Near home")
        done = await press(daniel, "✅ Subscribe")
        assert f"{district}: {count} projects have no point on the map." in done.text
        if listed_first:
            shown = await say(daniel, "/subscribe")
            assert f"🏘 {district}: {count} projects have no point on the map." in shown.text
        assert await toast(daniel, f"🏘 Add: {district}") == "Added."
        assert f"2. {district}" in daniel.last.text
        assert len(await mine(city_store, daniel)) == 2
        await say(daniel, "/stop")


async def test_added_five_times_is_added_once(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    await at_home(daniel, city_store, clock)
    await say(daniel, "/subscribe")
    draft = await press(daniel, "🏠 Near home")
    data = button_of(draft, "✅ +").callback_data or ""
    for _ in range(5):
        await daniel.press_data(draft, data)
    await daniel.wait_idle()
    assert len(await mine(city_store, daniel)) == 2


async def test_a_changed_circle_keeps_its_changes_when_the_district_is_added(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    """Of the kinds that it is narrowed to, too, it says how many have no point."""
    await at_home(daniel, city_store, clock)
    await say(daniel, "/subscribe")
    await press(daniel, "🏠 Near home")
    await press(daniel, "✅ Subscribe")
    (only,) = await mine(city_store, daniel)
    counts = {kind: unplaced_in(city_store, HOME, NewsFilter(kinds=(kind,)))[1] for kind in KINDS}
    kind = max(counts, key=lambda each: counts[each])
    (slug,), every = unplaced_in(city_store, HOME, NewsFilter())
    assert 0 < counts[kind] < every
    changed = Draft(replace(only.filter, kinds=(kind,)), target=only.id)
    numbers = await city_store.read(numbered)
    await daniel.press_data(daniel.last, draft_data("d", changed, numbers))
    await daniel.wait_idle()
    district = DISTRICTS[slug].names["en"]
    assert re.search(rf"{district}: {counts[kind]} projects? ha(s|ve) no point", daniel.last.text)
    await press(daniel, f"🏘 Add: {district}")
    circle, whole = await mine(city_store, daniel)
    assert circle.filter == changed.wanted
    assert whole.filter == NewsFilter(districts=(slug,), kinds=(kind,))


async def test_who_follows_the_city_is_offered_no_district(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    await at_home(daniel, city_store, clock)
    await follow_the_city(daniel)
    await say(daniel, "/subscribe")
    await press(daniel, "➕")
    draft = await press(daniel, "🏠 Near home")
    assert "They come with your subscription" in draft.text
    assert not any("✅ +" in label for label in labels(draft))


async def test_there_is_room_for_both_or_for_none(
    daniel: Resident, city_store: Store, clock: Clock
) -> None:
    await at_home(daniel, city_store, clock)
    with city_store.writing() as session:
        for radius in range(1, 20):
            near = NewsFilter(near=Circle(Point.of(43.2, 76.9), radius * 200))
            add(session, daniel.id, near, Schedule(), "en", clock())
    await say(daniel, "/subscribe")
    await press(daniel, "➕")
    await press(daniel, "🏠 Near home")
    assert "20 subscriptions" in (await press(daniel, "✅ +")).text
    assert len(await mine(city_store, daniel)) == 19


async def test_what_is_left_out_in_kazakh_and_russian(
    resident: Resident, olga: Resident, city_store: Store, clock: Clock
) -> None:
    (slug,), count = unplaced_in(city_store, HOME, NewsFilter())
    names = DISTRICTS[slug].names
    for who, told in (
        (resident, f"{names['kk']}: картада орны көрсетілмеген {count} жоба бар."),
        (olga, f"{names['ru']}: у {count} проект"),
    ):
        await at_home(who, city_store, clock)
        await say(who, "/subscribe")
        assert told in (await press(who, "🏠")).text
