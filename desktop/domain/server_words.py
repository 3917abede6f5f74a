"""What a server said in its own words, when it refused."""

from dataclasses import dataclass

LONGEST_DETAIL = 2_000
"""Characters of a server's words that are shown."""

LONGEST_LINE = 200
"""Characters of a code or of a request id that are."""


@dataclass(frozen=True, slots=True)
class ServerWords:
    """`message` and `code` as the server wrote them, each on one line of printable text.

    `status` is the HTTP status that they themselves name. `fields`: names in the request that they point at.
    `limit`: how many tokens the model holds, where that stands apart from the message.
    """

    message: str = ""
    code: str = ""
    request_id: str = ""
    status: int | None = None
    fields: tuple[str, ...] = ()
    limit: int | None = None

    @property
    def detail(self) -> str:
        """What stands behind "Details"; those who help want the request id, however much else was said."""
        request_id = f"request id: {self.request_id}" if self.request_id else ""
        rest = "\n".join(line[:LONGEST_LINE] for line in (self.code, request_id) if line)
        message = self.message[: LONGEST_DETAIL - len(rest) - 1] if rest else self.message[:LONGEST_DETAIL]
        return "\n".join(line for line in (message, rest) if line)
