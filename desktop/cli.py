"""The command line: open the window, or ask in the terminal."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop import __version__
from desktop.display import has_display
from desktop.domain.endpoints import base_url
from desktop.domain.errors import InvalidAddress
from desktop.domain.models import DEFAULT_MODEL
from desktop.domain.settings import Endpoint, Settings

USAGE = 2


def main(arguments: Sequence[str]) -> int:
    """Run the app with the command line's `arguments`; return the exit status."""
    if arguments[:1] == ["ask"]:
        return _ask(_ask_parser().parse_args(arguments[1:]))
    parser = _window_parser()
    options, others = parser.parse_known_args(arguments)
    if not has_display(os.environ):
        print("There is no display: asking in the terminal instead.", file=sys.stderr)
        return _ask_instead(arguments)
    if others:
        parser.error(f"the window does not know {' '.join(others)}; `viewfinder ask` may")
    from desktop.app import run  # noqa: PLC0415 - the terminal form must not load Qt

    return run(options.images)


def _ask_instead(arguments: Sequence[str]) -> int:
    parser = _ask_parser()
    if not arguments:
        parser.print_help(sys.stderr)
        return USAGE
    return _ask(parser.parse_args(arguments))


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="viewfinder",
        description="Open the window, with these images attached. `viewfinder ask` asks in the terminal.",
    )
    parser.add_argument("images", nargs="*", type=_image, metavar="IMAGE", help="a file, or a web address")
    parser.add_argument("--version", action="version", version=f"Viewfinder {__version__}")
    return parser


def _ask_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="viewfinder ask",
        description="Ask about images in the terminal. Without a model and a key, the on-device reader"
        " reads their text.",
        epilog="Exit status: 0 answered, 2 usage, 3 an image cannot be read, 4 refused, unreachable or"
        " cut off, 130 interrupted. Keys: DASHSCOPE_API_KEY, with --base-url OPENAI_API_KEY, else the"
        " system keyring.",
    )
    parser.add_argument("images", nargs="+", type=_image, metavar="IMAGE", help="a file, or a web address")
    parser.add_argument("-p", "--prompt", default="", help="the question")
    parser.add_argument("--model", default="", metavar="ID", help="the model that answers")
    parser.add_argument("--base-url", default="", metavar="URL", help="an OpenAI-compatible server")
    parser.add_argument("--rotated", action="store_true", help="let the reader find out which way is up")
    parser.add_argument("--no-stream", action="store_true", help="wait for the whole answer")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser


def _ask(options: argparse.Namespace) -> int:
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
    connection = Connection(os.environ, environment_first=True, openai_variable=bool(options.base_url))
    return ask(question, settings, load_catalog(), connection)


def _with_options(settings: Settings, options: argparse.Namespace) -> Settings:
    """Raises `InvalidAddress` for a base URL that is none."""
    if options.base_url:
        endpoint = Endpoint("openai_compatible", base_url=options.base_url)
        base_url(endpoint)
        # A server that was named is asked; it says itself whether it has the model.
        settings = replace(settings, endpoint=endpoint, model=options.model or DEFAULT_MODEL)
    return replace(
        settings,
        stream=settings.stream and not options.no_stream,
        rotated_photos=settings.rotated_photos or options.rotated,
    )


def _image(argument: str) -> str:
    if not argument:
        raise argparse.ArgumentTypeError("an empty name is no image")
    return argument


def _languages(environ: Mapping[str, str]) -> list[str]:
    """The user's languages as POSIX names them, the strongest first."""
    return [environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
