"""Locations, venues, contacts."""

from tests.bot.sandbox.table import Bench, row

HERE = {"latitude": 43.238949, "longitude": 76.889709}


@row("`sendLocation` sends a point, also a live one; off the globe is 400")
async def location(bench: Bench) -> None:
    sent = await bench.api.result("sendLocation", chat_id=bench.chat, **HERE)
    assert sent["location"] == HERE
    live = await bench.api.result("sendLocation", chat_id=bench.chat, **HERE, live_period=60)
    assert live["location"]["live_period"] == 60
    nowhere = {"latitude": 91, "longitude": 0}
    assert (await bench.api.refusal("sendLocation", chat_id=bench.chat, **nowhere))[0] == 400
    missing = (400, "Bad Request: longitude is empty")
    assert await bench.api.refusal("sendLocation", chat_id=bench.chat, latitude=1) == missing
    code, _ = await bench.api.refusal("sendLocation", chat_id=bench.chat, **HERE, live_period=59)
    assert code == 400


@row("`sendVenue` sends a named point with its address; a missing title is 400")
async def venue(bench: Bench) -> None:
    words = {"title": "№ 123 мектеп", "address": "Абай даңғылы, 10"}
    sent = await bench.api.result("sendVenue", chat_id=bench.chat, **HERE, **words)
    assert sent["venue"] == {**words, "location": HERE}
    assert sent["location"] == HERE
    code, reason = await bench.api.refusal("sendVenue", chat_id=bench.chat, **HERE, address="x")
    assert (code, reason) == (400, "Bad Request: venue title must be non-empty")


@row("`sendContact` sends a phone number and a name")
async def contact(bench: Bench) -> None:
    card = {"phone_number": "+77270000000", "first_name": "Әкімдік"}
    sent = await bench.api.result("sendContact", chat_id=bench.chat, **card)
    assert sent["contact"] == card
    assert (await bench.api.refusal("sendContact", chat_id=bench.chat, first_name="x"))[0] == 400
