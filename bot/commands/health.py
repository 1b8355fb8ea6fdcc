"""`qala health`: one question to the bot that runs here, for what watches over it."""

import json
from http.client import HTTPConnection, HTTPException

from bot.running import RefusedError
from bot.settings import HEALTH_PATH, Settings

WITHIN_S = 10
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - listened on, asked here


def ask_health(settings: Settings) -> str:
    """What the bot says of itself when it is well; RefusedError when it is not."""
    if settings.health is None:
        raise RefusedError(
            "The bot does not tell how it is: set HEALTH_LISTEN, for instance to 127.0.0.1:8080"
        )
    host, port = settings.health
    connection = HTTPConnection(EVERYWHERE.get(host, host), port, timeout=WITHIN_S)
    try:
        connection.request("GET", HEALTH_PATH)
        answer = connection.getresponse()
        said = json.loads(answer.read())
    except (OSError, HTTPException, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise RefusedError(f"No bot answers on {host}:{port}: {reason}") from None
    finally:
        connection.close()
    parts = ", ".join(
        f"{part} {'ok' if said[part] is True else 'FAILING'}" for part in said if part != "status"
    )
    if answer.status != 200:  # noqa: PLR2004 - HTTP's "OK"
        raise RefusedError(f"The bot is not well: {parts}")
    return f"The bot is well: {parts}"
