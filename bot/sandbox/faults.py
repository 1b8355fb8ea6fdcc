"""Faults on request: what Telegram does on a bad day, one call at a time."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.sandbox.errors import ApiError

Drop = Literal["before", "after"]

_REASONS = {
    400: "Bad Request: fault injected by the sandbox",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


@dataclass
class Fault:
    """One fault: where it strikes, what happens, how many times more.

    `method` and `chat_id` None mean any; `times` None means until cleared. `drop` breaks the
    connection before the call is handled or after it, with its answer lost; `delay` (seconds)
    holds the call first and may stand alone.
    """

    method: str | None = None
    chat_id: int | None = None
    error_code: int | None = None
    description: str | None = None
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None
    drop: Drop | None = None
    delay: float = 0.0
    times: int | None = 1

    def strikes(self, method: str, chat_id: int | None) -> bool:
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or self.chat_id == chat_id

    def error(self) -> ApiError | None:
        """The refusal to answer with, None when the fault is of another sort."""
        if self.error_code is None:
            return None
        parameters: dict[str, Any] = {}
        reason = self.description or _REASONS.get(self.error_code, "fault injected by the sandbox")
        if self.retry_after is not None:
            parameters["retry_after"] = self.retry_after
            reason = self.description or f"Too Many Requests: retry after {self.retry_after}"
        if self.migrate_to_chat_id is not None:
            parameters["migrate_to_chat_id"] = self.migrate_to_chat_id
        return ApiError(self.error_code, reason, parameters)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Faults:
    """The faults that wait for their calls, oldest first."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, **what: Any) -> Fault:
        """Plants a fault (the fields of `Fault`) and returns it.

        Raises ValueError on an unknown field or a fault that would do nothing.
        """
        try:
            fault = Fault(**what)
        except TypeError as error:
            raise ValueError(f"No such fault: {error}") from None
        if fault.retry_after is not None and fault.error_code is None:
            fault.error_code = 429
        if fault.error_code is None and fault.drop is None and not fault.delay:
            raise ValueError("A fault needs an error_code, a drop or a delay.")
        if fault.drop not in {None, "before", "after"}:
            raise ValueError('drop is "before" or "after".')
        if fault.times is not None and fault.times < 1:
            raise ValueError("times is 1 or more, or null for ever.")
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        self.waiting.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The first fault that strikes this call, counted down; None when none does."""
        for fault in self.waiting:
            if fault.strikes(method, chat_id):
                self._count_down(fault)
                return fault
        return None

    def _count_down(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self.waiting.remove(fault)
