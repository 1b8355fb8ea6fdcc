"""Photos, documents, albums, downloads."""

from bot.sandbox.resident import PIXEL
from tests.bot.sandbox.table import Bench, row


@row("`sendPhoto` takes a multipart upload and gives PhotoSize with the picture's size")
async def photo(bench: Bench) -> None:
    answer = await bench.api.upload(
        "sendPhoto",
        {"photo": ("a.png", PIXEL)},
        chat_id=bench.chat,
        caption="<b>Жоба</b>",
        parse_mode="HTML",
    )
    size = answer.result["photo"][-1]
    assert (size["width"], size["height"], size["file_size"]) == (1, 1, len(PIXEL))
    assert answer.result["caption"] == "Жоба"
    assert answer.result["caption_entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    shown = bench.sandbox.resident(bench.chat).last
    assert shown.photo
    assert shown.photo.content == PIXEL


@row("`sendPhoto` by file_id sends the same file again")
async def photo_again(bench: Bench) -> None:
    first = await bench.api.upload("sendPhoto", {"photo": ("a.png", PIXEL)}, chat_id=bench.chat)
    known = first.result["photo"][-1]
    again = await bench.api.result("sendPhoto", chat_id=bench.chat, photo=known["file_id"])
    assert again["photo"][-1]["file_unique_id"] == known["file_unique_id"]
    assert again["message_id"] > first.result["message_id"]


@row("a wrong file_id, one of another kind, a missing file and no picture at all are 400")
async def bad_files(bench: Bench) -> None:
    chat = bench.chat
    wrong = (400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert await bench.api.refusal("sendPhoto", chat_id=chat, photo="nope") == wrong
    assert await bench.api.refusal("sendPhoto", chat_id=chat, photo="https://x.kz/a.png") == wrong
    nothing = (400, "Bad Request: there is no photo in the request")
    assert await bench.api.refusal("sendPhoto", chat_id=chat) == nothing
    text = {"document": ("a.txt", b"text")}
    sent = (await bench.api.upload("sendDocument", text, chat_id=chat)).result
    file_id = sent["document"]["file_id"]
    assert await bench.api.refusal("sendPhoto", chat_id=chat, photo=file_id) == (
        400,
        "Bad Request: can't use file of type Document as Photo",
    )
    broken = await bench.api.upload("sendPhoto", {"photo": ("a.png", b"text")}, chat_id=chat)
    assert broken.refusal == (400, "Bad Request: IMAGE_PROCESS_FAILED")
    empty = await bench.api.upload("sendDocument", {"document": ("a.txt", b"")}, chat_id=chat)
    assert empty.refusal == (400, "Bad Request: file must be non-empty")


@row("a caption over 1024 UTF-16 units is 400; 1024 pass")
async def captions(bench: Bench) -> None:
    files = {"photo": ("a.png", PIXEL)}
    long = await bench.api.upload("sendPhoto", files, chat_id=bench.chat, caption="ә" * 1025)
    assert long.refusal == (400, "Bad Request: message caption is too long")
    fits = await bench.api.upload("sendPhoto", files, chat_id=bench.chat, caption="ә" * 1024)
    assert len(fits.result["caption"]) == 1024


@row("`sendDocument` keeps name, type and bytes")
async def document(bench: Bench) -> None:
    content = '{"тіл": "kk"}'.encode()
    sent = await bench.api.upload(
        "sendDocument", {"document": ("деректер.json", content)}, chat_id=bench.chat
    )
    described = sent.result["document"]
    assert described["file_name"] == "деректер.json"
    assert described["mime_type"] == "application/json"
    assert described["file_size"] == len(content)
    shown = bench.sandbox.resident(bench.chat).last.document
    assert shown is not None
    assert (shown.name, shown.content) == ("деректер.json", content)


@row("`getFile` gives a path and the file is downloaded from it")
async def download(bench: Bench) -> None:
    sent = await bench.sandbox.resident("Айгерім").send_document("a.bin", b"\x00\x01\xff")
    assert sent.document
    file = await bench.api.result("getFile", file_id=sent.document.file_id)
    assert file["file_size"] == 3
    assert await bench.api.download(file["file_path"]) == (200, b"\x00\x01\xff")
    assert (await bench.api.download("documents/file_99.bin"))[0] == 404
    assert await bench.api.refusal("getFile", file_id="x") == (
        400,
        "Bad Request: invalid file_id",
    )


@row("`sendMediaGroup` sends 2 to 10 uploads or file_ids as one album")
async def media_group(bench: Bench) -> None:
    known = await bench.api.upload("sendPhoto", {"photo": ("a.png", PIXEL)}, chat_id=bench.chat)
    file_id = known.result["photo"][-1]["file_id"]
    media = [
        {"type": "photo", "media": "attach://one", "caption": "<i>бір</i>", "parse_mode": "HTML"},
        {"type": "photo", "media": file_id},
    ]
    answer = await bench.api.upload(
        "sendMediaGroup", {"one": ("1.png", PIXEL)}, chat_id=bench.chat, media=media
    )
    first, second = answer.result
    assert first["media_group_id"] == second["media_group_id"]
    assert second["message_id"] == first["message_id"] + 1
    assert first["caption_entities"][0]["type"] == "italic"
    assert second["photo"][-1]["file_id"] == file_id


@row("an album of 1 or 11, mixed kinds or a missing attachment is 400")
async def bad_media_group(bench: Bench) -> None:
    photo = {"type": "photo", "media": "attach://one"}
    files = {"one": ("1.png", PIXEL)}
    for count in (1, 11):
        answer = await bench.api.upload(
            "sendMediaGroup", files, chat_id=bench.chat, media=[photo] * count
        )
        assert answer.refusal[0] == 400
    mixed = [photo, {"type": "document", "media": "attach://one"}]
    answer = await bench.api.upload("sendMediaGroup", files, chat_id=bench.chat, media=mixed)
    assert answer.refusal == (400, "Bad Request: document can't be mixed with other media types")
    answer = await bench.api.upload("sendMediaGroup", {}, chat_id=bench.chat, media=[photo] * 2)
    assert answer.refusal == (400, "Bad Request: there is no file attached with name one")
    assert bench.sandbox.resident(bench.chat).messages == []


@row("`sendVoice`, `sendAudio`, `sendVideo`, `sendAnimation` and `sendSticker` carry their files")
async def other_files(bench: Bench) -> None:
    for kind in ("voice", "audio", "video", "animation", "sticker"):
        answer = await bench.api.upload(
            f"send{kind.title()}", {kind: (f"a.{kind}", b"data")}, chat_id=bench.chat
        )
        assert answer.result[kind]["file_size"] == 4


@row("`sendChatAction` shows what the bot does; an unknown action is 400")
async def chat_action(bench: Bench) -> None:
    assert await bench.api.result("sendChatAction", chat_id=bench.chat, action="typing") is True
    assert bench.sandbox.world.events[-1]["kind"] == "action"
    assert await bench.api.refusal("sendChatAction", chat_id=bench.chat, action="dancing") == (
        400,
        "Bad Request: wrong parameter action in request",
    )
