"""What a server said in its own words, when it refused."""

from dataclasses import dataclass

LONGEST_DETAIL = 2_000
"""Characters of a server's words that are kept."""


@dataclass(frozen=True, slots=True)
class ServerWords:
    """`message` and `code` as the server wrote them, each on one line of printable text.

    `status` is the HTTP status that they themselves name. `fields`: names in the request that they point at.
    """

    message: str = ""
    code: str = ""
    request_id: str = ""
    status: int | None = None
    fields: tuple[str, ...] = ()

    @property
    def detail(self) -> str:
        """What stands behind "Details"."""
        request_id = f"request id: {self.request_id}" if self.request_id else ""
        return "\n".join(line for line in (self.message, self.code, request_id) if line)[:LONGEST_DETAIL]
