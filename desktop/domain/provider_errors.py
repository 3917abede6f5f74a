"""What can go wrong between a question and its answer.

ProviderError
├── InvalidAddress (WorkspaceMissing)                      the connection cannot even be tried
├── KeyInTheClear                                          nor shall it be
├── ProxyUnusable                                          the way out of this network
│   └── InvalidProxy · ProxyUnreachable · ProxyWantsPassword · ProxyRefused
├── CertificatesUnusable                                   no secure connection
│   ├── CertificateUntrusted · CertificateExpired · CertificateNotYetValid · CertificateForOther
│   └── NotSecure · TlsFailed · AuthoritiesUnusable
├── ServerUnreachable                                      no connection at all
│   └── NameNotFound · NothingListens · NetworkDown · ConnectTimedOut
├── TimedOut · ConnectionLost                              it broke off
├── NotAnAnswer                                            something came that is no answer
│   └── WebPageInstead · Redirected · EmptyAnswer
├── AnswerTooLong                                          more came than is taken in
└── Refused                                                the server's own words (`refusals`)
"""

from typing import ClassVar

from desktop.domain.errors import AppError, NextStep, Turn
from desktop.domain.text import QT_TRANSLATE_NOOP


class ProviderError(AppError):
    """The model's server said no, or said nothing. Facts: `host`.

    `is_fleeting`: it may be over in seconds, so that the app tries again unasked; a server can say otherwise
    of one refusal. `pause`: how long the server asked to wait before that, in s; None if it did not say.
    """

    kind = "provider"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} could not answer.")
    turn = Turn.SERVER
    is_fleeting: bool = False
    pause: float | None = None


class InvalidAddress(ProviderError):
    """Facts: `address`."""

    kind = "invalid_address"
    sentence = QT_TRANSLATE_NOOP("errors", "“{address}” is not a web address that can be used.")
    next_step = NextStep.OPEN_SETTINGS
    turn = Turn.USER


class WorkspaceMissing(InvalidAddress):
    """Facts: `region` (its id)."""

    kind = "workspace_missing"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The region {region} needs the ID of a workspace. Enter it in the settings."
    )


class KeyInTheClear(ProviderError):
    """Nothing was sent: it would have left this machine unencrypted, with a key, and nobody allowed that."""

    kind = "key_in_the_clear"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "Nothing was sent to {host}: over http://, whoever is on the way can read the key, the question and"
        " the images. Use https:// if the server knows it.",
    )
    next_step = NextStep.SEND_UNENCRYPTED
    turn = Turn.USER


# ── the way out ─────────────────────────────────────────────────────────────────────────────────


class ProxyUnusable(ProviderError):
    """The settings of the proxy, by which nothing can be sent."""

    kind = "proxy"
    sentence = QT_TRANSLATE_NOOP("errors", "The proxy settings cannot be used. Correct them and try again.")
    retryable = True
    next_step = NextStep.OPEN_NETWORK_SETTINGS
    turn = Turn.USER


class InvalidProxy(ProxyUnusable):
    """Facts: `address`, without user and password."""

    kind = "invalid_proxy"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "“{address}” is not the address of a proxy, such as http://proxy.example:8080."
    )
    retryable = False


class ProxyUnreachable(ProxyUnusable):
    """Facts: `proxy` (host and port)."""

    kind = "proxy_unreachable"
    sentence = QT_TRANSLATE_NOOP("errors", "The proxy {proxy} cannot be reached. Check it, or do without it.")


class ProxyWantsPassword(ProxyUnusable):
    """Facts: `proxy`."""

    kind = "proxy_password"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The proxy {proxy} did not accept the user name and the password, or wants some."
    )
    retryable = False


class ProxyRefused(ProxyUnusable):
    """Facts: `proxy`, `host`. It let nothing through."""

    kind = "proxy_refused"
    sentence = QT_TRANSLATE_NOOP("errors", "The proxy {proxy} does not connect to {host}.")


class CertificatesUnusable(ProviderError):
    """Facts: `host`. The certificate of the server, or what judges it."""

    kind = "certificate"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "No secure connection to {host}: its certificate is not trusted here."
    )
    retryable = True
    next_step: ClassVar[NextStep | None] = NextStep.RETRY
    turn = Turn.USER


class CertificateUntrusted(CertificatesUnusable):
    """Issued by nobody whom the system trusts, as those of companies' own networks are."""

    kind = "certificate_untrusted"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "No secure connection to {host}: nobody trusted here has issued its certificate. In a company's"
        " network, set the company's certificate file in the settings.",
    )
    next_step = NextStep.OPEN_NETWORK_SETTINGS


class CertificateExpired(CertificatesUnusable):
    kind = "certificate_expired"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "No secure connection to {host}: its certificate has expired, or the clock here is wrong."
    )


class CertificateNotYetValid(CertificatesUnusable):
    kind = "certificate_early"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "No secure connection to {host}: its certificate is not valid yet. Is the clock here right?"
    )


class CertificateForOther(CertificatesUnusable):
    kind = "certificate_other"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "No secure connection: what answers as {host} has the certificate of another server."
    )
    next_step = NextStep.OPEN_SETTINGS


class NotSecure(CertificatesUnusable):
    """It speaks HTTP, not TLS."""

    kind = "not_secure"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{host} does not speak https. If it is yours, write http:// before its address."
    )
    retryable = False
    next_step = NextStep.OPEN_SETTINGS


class TlsFailed(CertificatesUnusable):
    kind = "tls"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} and this computer found no common way to speak securely.")
    turn = Turn.SERVER


class AuthoritiesUnusable(CertificatesUnusable):
    """Facts: `file` (name): certificates that the user wants trusted."""

    kind = "authorities"
    sentence = QT_TRANSLATE_NOOP("errors", "The certificate file {file} cannot be used.")
    retryable = False
    next_step = NextStep.OPEN_NETWORK_SETTINGS


class ServerUnreachable(ProviderError):
    kind = "unreachable"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} cannot be reached. Check the network and the address.")
    retryable = True
    next_step = NextStep.RETRY
    turn = Turn.NETWORK


class NameNotFound(ServerUnreachable):
    kind = "name_not_found"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "The name {host} is not known here. Check the address, or whether this computer is online."
    )


class NothingListens(ServerUnreachable):
    """The machine is there, and refused the connection."""

    kind = "nothing_listens"
    sentence = QT_TRANSLATE_NOOP("errors", "Nothing answers at {host}. Is the server running?")
    turn = Turn.USER


class NetworkDown(ServerUnreachable):
    kind = "network_down"
    sentence = QT_TRANSLATE_NOOP("errors", "There is no way to {host}: this computer seems to be offline.")


class ConnectTimedOut(ServerUnreachable):
    """Facts: `host`, `seconds`."""

    kind = "connect_timeout"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} did not take the connection for {seconds} seconds.")


# ── what came ───────────────────────────────────────────────────────────────────────────────────


class TimedOut(ProviderError):
    """Facts: `host`, `seconds`."""

    kind = "timeout"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} has been silent for {seconds} seconds.")
    retryable = True
    next_step = NextStep.RETRY


class ConnectionLost(ProviderError):
    kind = "connection_lost"
    sentence = QT_TRANSLATE_NOOP("errors", "The connection to {host} broke off.")
    retryable = True
    next_step = NextStep.RETRY
    turn = Turn.NETWORK
    is_fleeting = True


class NotAnAnswer(ProviderError):
    kind = "not_an_answer"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{host} answered, but not like a model's server. Check the address in the settings.",
    )
    next_step: ClassVar[NextStep | None] = NextStep.OPEN_SETTINGS
    turn = Turn.USER


class WebPageInstead(NotAnAnswer):
    """HTML: a login page of the network, a gateway's own page, or an address without its `/v1`."""

    kind = "web_page"
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "A web page came back instead of {host}'s answer. Check the address, or whether this network wants"
        " a login first.",
    )
    retryable = True


class Redirected(NotAnAnswer):
    """Facts: `host`, `target` (an address)."""

    kind = "redirected"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{host} sends questions on to {target}. If you trust it, enter that address."
    )


class EmptyAnswer(NotAnAnswer):
    kind = "empty_answer"
    sentence = QT_TRANSLATE_NOOP("errors", "{host} answered with nothing at all.")
    retryable = True
    next_step = NextStep.RETRY
    turn = Turn.SERVER
    is_fleeting = True


class AnswerTooLong(ProviderError):
    """It did not end where any answer would have. What came until then stays. Facts: `host`, `millions`."""

    kind = "answer_too_long"
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{host} sent {millions} million characters and went on. The answer was ended here."
    )
    turn = Turn.USER
