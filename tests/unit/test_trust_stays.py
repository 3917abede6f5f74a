"""The architecture leaves no way to switch the judgement of certificates off: no line does it."""

import ast
from pathlib import PurePosixPath

import pytest

from tests.support.source import Module, modules

_NAMES = {
    *("CERT_NONE", "CERT_OPTIONAL", "check_hostname", "verify_mode", "hostname_checks_common_name"),
    *("_create_unverified_context", "_create_default_https_context", "create_default_context"),
    *("keylog_filename", "SSLKEYLOGFILE", "PYTHONHTTPSVERIFY", "ignoreSslErrors", "setPeerVerifyMode"),
    *("wrap_socket", "get_server_certificate", "set_ciphers", "OP_LEGACY_SERVER_CONNECT"),
}
"""That weaken TLS, or would be needed to."""

_MAKER = PurePosixPath("desktop/providers/trust.py")
"""Where contexts are made; elsewhere they are handed down."""

_SERVER = PurePosixPath("desktop/selftest/checks/handshake.py")
"""Plays the server that the app's own contexts are tried on, so it makes a server's: that trusts nobody."""


def findings(module: Module) -> set[str]:
    """What in `module` could make TLS trust more than `_MAKER` says."""
    nodes = list(ast.walk(module.tree))
    named = {name for name in map(_name, nodes) if name in _NAMES}
    passed = {name for node in nodes if isinstance(node, ast.keyword) and (name := _passed(node))}
    calls = (node for node in nodes if isinstance(node, ast.Call))
    made = {name for call in calls if (name := _made(call, module.path))}
    return named | passed | (made if module.path != _MAKER else set())


def _made(call: ast.Call, path: PurePosixPath) -> str:
    """The class of a context that is made where none is to be."""
    is_server = path == _SERVER and ast.unparse(call) == "ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)"
    return "SSLContext" if _name(call.func) == "SSLContext" and not is_server else ""


def _name(node: ast.AST) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Constant(value=str(name)):
            return name
        case _:
            return ""


def _passed(keyword: ast.keyword) -> str:
    """`verify=` with anything but a context that was handed down; `trust_env=` with anything but False."""
    value = ast.unparse(keyword.value)
    is_loose = keyword.arg == "verify" and not isinstance(keyword.value, ast.Attribute)
    return f"{keyword.arg}={value}" if is_loose or (keyword.arg == "trust_env" and value != "False") else ""


@pytest.mark.parametrize("module", modules("desktop"), ids=lambda module: str(module.path))
def test_no_line_weakens_tls(module: Module) -> None:
    assert not findings(module)


@pytest.mark.parametrize(
    "source",
    [
        "context.check_hostname = False",
        "context.verify_mode = ssl.CERT_NONE",
        "setattr(context, 'check_hostname', 0)",
        "ssl._create_unverified_context()",
        "ssl.SSLContext()",
        "truststore.SSLContext(1)",
        "httpx.AsyncClient(verify=False)",
        "httpx.AsyncClient(trust_env=True)",
        "from ssl import CERT_NONE as none\nx = CERT_NONE",
        "os.environ['PYTHONHTTPSVERIFY'] = '0'",
    ],
)
def test_the_rule_finds_what_it_forbids(source: str) -> None:
    assert findings(Module(PurePosixPath("desktop/x.py"), source))


def test_the_server_of_the_selftest_makes_a_servers_context_only() -> None:
    assert not findings(Module(_SERVER, "ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)"))
    assert findings(Module(_SERVER, "ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)"))


def test_what_is_right_is_left_alone() -> None:
    source = "httpx.AsyncHTTPTransport(verify=routes.context, trust_env=False)\ndef f(c: ssl.SSLContext): ..."
    assert not findings(Module(PurePosixPath("desktop/x.py"), source))
