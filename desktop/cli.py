"""The command line: open the window, or ask in the terminal."""

import argparse
import io
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, get_args

from desktop import __version__
from desktop.diagnosis.bugs import Bugs
from desktop.diagnosis.hooks import lead_to
from desktop.diagnosis.log import LOG, log_to
from desktop.display import has_display
from desktop.domain.endpoints import base_url, profile_of, provider_host
from desktop.domain.handover_errors import HandoverError
from desktop.domain.images import ImageFile
from desktop.domain.models import DEFAULT_MODEL
from desktop.domain.named import named_image
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.settings import Endpoint, ProviderKind, Region, Settings
from desktop.domain.visible import visible
from desktop.paths import data_dir, log_dir
from desktop.storage.environment import take_keys

SELFTEST = "--selftest"
USAGE = 2
NOT_HANDED_OVER = 4
NOT_TESTED = 3
BUG = 70
"""What sysexits.h calls an internal software error."""


def main(arguments: Sequence[str]) -> int:
    """Run the app with the command line's `arguments`; return the exit status.

    Nothing that is raised goes further: Python would print what it says, and that may quote anything.
    """
    if SELFTEST in arguments[:1]:
        return _selftest(arguments)
    bugs = Bugs()
    log_to(log_dir())
    lead_to(bugs)
    try:
        return _run(arguments, bugs)
    except Exception as error:  # noqa: BLE001 - the edge of the app
        bugs.note(error, "run")
        print(why_it_ended(error), file=sys.stderr)
        return BUG


def why_it_ended(error: Exception) -> str:
    """A sentence that quotes nothing but a library's name; loaders write it first."""
    lacking = re.match(r"(lib[\w.+-]+): cannot open shared object file", str(error))
    if isinstance(error, ImportError) and lacking:
        return f"Viewfinder needs {lacking[1]}, which this system lacks: install it, and start again."
    return f"Viewfinder ended because of a bug of its own. Where it is: {_log_name()}"


def _log_name() -> str:
    """As its user would write it; a home folder's name is of no use to anybody else."""
    log = log_dir() / LOG
    return f"~/{log.relative_to(Path.home())}" if log.is_relative_to(Path.home()) else str(log)


def _run(arguments: Sequence[str], bugs: Bugs) -> int:
    # Before anything is started that would inherit them.
    keys = take_keys(os.environ)
    if arguments[:1] == ["ask"]:
        return _ask(_ask_parser().parse_args(arguments[1:]), keys)
    parser = _window_parser()
    options, others = parser.parse_known_args(arguments)
    if options.selftest:
        parser.error(f"{SELFTEST} stands first, and alone or with --json")
    if not has_display(os.environ):
        print("There is no display: asking in the terminal instead.", file=sys.stderr)
        return _ask_instead(arguments, keys)
    if others:
        parser.error(f"the window does not know {' '.join(others)}; `viewfinder ask` may")
    images = tuple(map(_from_anywhere, options.images))
    return _open_window(images, keys, bugs, clipboard=options.clipboard)


def _open_window(images: tuple[str, ...], keys: Mapping[str, str], bugs: Bugs, *, clipboard: bool) -> int:
    """Hand over to the window that is open, silently, or open it."""
    # Loaded here: the terminal form must not load Qt, and a start that hands over pays for no window.
    from desktop.instance.claim import claim  # noqa: PLC0415
    from desktop.instance.message import Handover  # noqa: PLC0415
    from desktop.instance.place import meeting_place  # noqa: PLC0415
    from desktop.instance.startup import end_startup  # noqa: PLC0415

    handover = Handover(images, clipboard, _activation_token(os.environ))
    place = meeting_place(data_dir(), os.environ)
    try:
        lock = claim(handover, place)
    except HandoverError as error:
        print(error, file=sys.stderr)
        return NOT_HANDED_OVER
    if lock is None:
        end_startup(os.environ)
        return 0
    # Until the very end: the next app opens the history only when this one has closed it.
    with lock:
        from desktop.app import run  # noqa: PLC0415

        return run(handover, place.address, keys, bugs)


def _from_anywhere(image: str) -> str:
    """`image` as a process with another working directory finds it."""
    named = named_image(image)
    return str(named.path.absolute()) if isinstance(named, ImageFile) and not named.host else image


def _activation_token(environ: Mapping[str, str]) -> str:
    """What lets a window come forward because of the click that started this process."""
    return environ.get("XDG_ACTIVATION_TOKEN") or environ.get("DESKTOP_STARTUP_ID", "")


def _selftest(arguments: Sequence[str]) -> int:
    """Test this installation. No log is kept, and nothing handed over: it works beside the open app."""
    # Loaded here: no other way needs it.
    from desktop.selftest.run import run  # noqa: PLC0415

    options = _selftest_parser().parse_args(arguments)
    # What is started must not inherit them.
    take_keys(os.environ)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Let no character end the program that the terminal does not know.
        sys.stdout.reconfigure(errors="replace")
    try:
        return run(sys.stdout, as_json=options.json)
    except OSError as error:
        print(f"The installation could not be tested: {visible(str(error))}", file=sys.stderr)
        return NOT_TESTED


def _ask_instead(arguments: Sequence[str], keys: Mapping[str, str]) -> int:
    parser = _ask_parser()
    if not arguments:
        parser.print_help(sys.stderr)
        return USAGE
    return _ask(parser.parse_args(arguments), keys)


class _Parser(argparse.ArgumentParser):
    """Quotes what was typed, or came out of a file, without what a terminal would act on."""

    def error(self, message: str) -> NoReturn:
        super().error(visible(message))


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="viewfinder",
        description="Open the window, or bring the open one to the front, with these images attached."
        " `viewfinder ask` asks in the terminal.",
    )
    parser.add_argument("images", nargs="*", type=_image, metavar="IMAGE", help="a file, or a web address")
    parser.add_argument("--clipboard", action="store_true", help="attach the clipboard's image")
    parser.add_argument(SELFTEST, action="store_true", help="test this installation; stands first")
    parser.add_argument("--version", action="version", version=f"Viewfinder {__version__}")
    return parser


def _selftest_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="viewfinder",
        description="Test whether this installation works on this machine: a line for each check on stdout,"
        " within a minute. Nothing of yours is read or written.",
        epilog="Exit status: 0 all is well, 1 something failed, 2 usage, 3 not everything could be checked,"
        " 130 interrupted. A note tells of something that this machine lacks.",
    )
    parser.add_argument(SELFTEST, action="store_true", required=True, help="do so")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser


def _ask_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="viewfinder ask",
        description="Ask about images in the terminal. Without a model and a key, the on-device reader"
        " reads their text.",
        epilog="Exit status: 0 answered, 2 usage, 3 an image cannot be read, 4 refused, unreachable or"
        " cut off, 70 a bug of Viewfinder's own, 130 interrupted. Keys: the provider's own variable, as"
        " DASHSCOPE_API_KEY, with --base-url also OPENAI_API_KEY, else the system keyring.",
    )
    parser.add_argument("images", nargs="+", type=_image, metavar="IMAGE", help="a file, or a web address")
    parser.add_argument("-p", "--prompt", default="", help="the question")
    parser.add_argument("--model", default="", metavar="ID", help="the model that answers")
    parser.add_argument("--base-url", default="", metavar="URL", help="an OpenAI-compatible server")
    parser.add_argument(
        "--provider",
        choices=get_args(ProviderKind),
        help="the kind of server; default: told from its address",
    )
    parser.add_argument("--region", choices=get_args(Region), help="of DashScope")
    parser.add_argument(
        "--key-over-http", action="store_true", help="send the key to an http:// address, this once"
    )
    parser.add_argument("--rotated", action="store_true", help="let the reader find out which way is up")
    parser.add_argument("--no-stream", action="store_true", help="wait for the whole answer")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, with the exact text")
    return parser


def _ask(options: argparse.Namespace, keys: Mapping[str, str]) -> int:
    # Loaded here: the window's way has no use for it.
    from desktop.connection import Connection, load_catalog, settings_file  # noqa: PLC0415
    from desktop.terminal import Question, ask  # noqa: PLC0415

    settings, problem = settings_file(_languages(os.environ)).load()
    if problem is not None:
        print(problem, file=sys.stderr)
    try:
        settings = _with_options(settings, options)
    except InvalidAddress as error:
        print(error, file=sys.stderr)
        return USAGE
    question = Question(tuple(options.images), options.prompt, options.model, options.json)
    connection = Connection(keys, environment_first=True, openai_variable=bool(options.base_url))
    return ask(question, settings, load_catalog(), connection)


def _with_options(settings: Settings, options: argparse.Namespace) -> Settings:
    """Raises `InvalidAddress` for a server that has no address that can be used."""
    if options.base_url or options.provider or options.region:
        endpoint = _endpoint(settings.endpoint, options)
        base_url(endpoint)
        # A server that was named is asked; it says itself whether it has the model.
        model = options.model or profile_of(endpoint).default_model or DEFAULT_MODEL
        settings = replace(settings, endpoint=endpoint, model=model)
    if options.key_over_http:
        settings = settings.with_key_over_http(provider_host(settings.endpoint), is_allowed=True)
    return replace(
        settings,
        stream=settings.stream and not options.no_stream,
        rotated_photos=settings.rotated_photos or options.rotated,
    )


def _endpoint(chosen: Endpoint, options: argparse.Namespace) -> Endpoint:
    """The server that the command line names; `chosen` is the one of the settings."""
    if options.base_url:
        # DashScope's hosts are recognised; at another address it is none.
        kind = options.provider if options.provider != "dashscope" else None
        return Endpoint(kind or "custom", base_url=options.base_url)
    if (options.provider or "dashscope") != "dashscope":
        return Endpoint(options.provider)
    service = chosen if chosen.provider == "dashscope" else Endpoint(region=chosen.region)
    return replace(service, region=options.region) if options.region else service


def _image(argument: str) -> str:
    if not argument:
        raise argparse.ArgumentTypeError("an empty name is no image")
    return argument


def _languages(environ: Mapping[str, str]) -> list[str]:
    """The user's languages as POSIX names them, the strongest first."""
    return [environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
