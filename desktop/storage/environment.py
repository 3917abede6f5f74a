"""Keys that the environment holds: taken out of it for one run, never stored."""

from collections.abc import Mapping, MutableMapping

from desktop.domain.dashscope import is_dashscope
from desktop.domain.endpoints import clean_key
from desktop.domain.profiles import PROFILES, Profile


def take_keys(environ: MutableMapping[str, str]) -> dict[str, str]:
    """Take every variable that may hold a key out of `environ`, with its value.

    From then on no program that is started inherits one: no browser, no helper of a keyring.
    """
    names = {profile.key_variable for profile in PROFILES.values()} & environ.keys()
    return {name: environ.pop(name) for name in names}


def key_variables(host: str, *, base_url_given: bool = False) -> list[str]:
    """The environment variables that may hold the key of `host`, the first of them first.

    Each belongs to one provider's hosts. `base_url_given`: the address was given with the command, so that
    its server is the user's choice; then OPENAI_API_KEY counts too, as everywhere.
    """
    own = (known for known in PROFILES.values() if known.key_variable and _serves(known, host))
    names = [known.key_variable for known in own]
    return [*names, PROFILES["openai"].key_variable] if base_url_given else names


def key_variable(host: str, environ: Mapping[str, str], *, base_url_given: bool = False) -> str | None:
    """The name of the variable that holds the key of `host` (from `endpoints.host_of`), or None."""
    names = key_variables(host, base_url_given=base_url_given)
    return next((name for name in names if clean_key(environ.get(name, ""))), None)


def environment_key(host: str, environ: Mapping[str, str], *, base_url_given: bool = False) -> str | None:
    """The key of `host`, or None."""
    name = key_variable(host, environ, base_url_given=base_url_given)
    return None if name is None else clean_key(environ[name])


def _serves(profile: Profile, host: str) -> bool:
    return host in profile.hosts or (profile is PROFILES["dashscope"] and is_dashscope(host))
