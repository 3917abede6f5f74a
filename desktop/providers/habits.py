"""What servers turned out not to take, so that nobody has to be told twice."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from desktop.providers.remedies import Remedy

Payload = Mapping[str, Any]


class Habits:
    """Remedies that helped, by server and model, for as long as the app runs.

    One is applied again only to the very values that were refused: a shorter limit, say, is worth asking for.
    """

    def __init__(self) -> None:
        self._learned: dict[tuple[str, str], list[tuple[Remedy, Payload]]] = defaultdict(list)

    def learn(self, host: str, model: str, remedy: Remedy, refused: Payload) -> None:
        """`remedy` helped after `refused`, a whole request, was refused."""
        self._learned[host, model].append((remedy, _concerned(remedy, refused)))

    def applied(self, host: str, model: str, payload: Payload) -> Payload:
        """`payload` as `host` takes it, as far as is known."""
        for remedy, refused in self._learned.get((host, model), ()):
            if _concerned(remedy, payload) == refused:
                payload = remedy.apply(payload)
        return payload


def _concerned(remedy: Remedy, payload: Payload) -> Payload:
    """The values in `payload` that `remedy` takes away or replaces."""
    return {name: payload.get(name) for name in (*remedy.without, *remedy.added)}
