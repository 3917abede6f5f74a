"""States of the settings that are about servers and about the way to them."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton

from desktop.domain.errors import KeyringSlow
from desktop.domain.provider_errors import CertificateUntrusted
from desktop.domain.refusals import RegionalKeyRejected
from desktop.domain.settings import Endpoint, Network
from desktop.ui.settings.dialog import SettingsDialog, SettingsPage
from desktop.ui.settings.server_list import ServerList
from desktop.ui.settings.trial import Trial
from desktop.ui.window import SMALLEST
from tests.support.qt import child, first
from tests.support.serving import BEIJING, KEY, OLLAMA, OPENROUTER, PLAN_KEY, SINGAPORE
from tests.support.stage import Stage, State

OFFICE = Endpoint(plan="token")
UNFINISHED = Endpoint("custom")
RARE = Endpoint(region="eu-central-1")


async def settings(stage: Stage) -> None:
    await _open(stage, SettingsPage.CONNECTION)


async def settings_servers(stage: Stage) -> None:
    stage.backend.keys |= {repr(BEIJING): KEY, repr(OPENROUTER): KEY}
    stage.session.settings.change(others=(OFFICE, OPENROUTER, OLLAMA, UNFINISHED))
    await settings(stage)
    stage.session.settings.servers.look_for_keys()


async def settings_adding(stage: Stage) -> None:
    await settings(stage)
    dialog = child(stage.shell.window, SettingsDialog)
    _button(child(dialog, ServerList), 0).click()
    stage.picture = next(menu for menu in dialog.findChildren(QMenu) if menu.isVisible())


async def settings_local_server(stage: Stage) -> None:
    stage.session.settings.change(endpoint=OLLAMA)
    await settings(stage)
    stage.session.settings.servers.look_for_keys()


async def settings_other_server(stage: Stage) -> None:
    stage.session.settings.change(endpoint=Endpoint("custom", base_url="https://api.openai.com/v1"))
    await settings(stage)


async def settings_workspace_missing(stage: Stage) -> None:
    stage.session.settings.change(endpoint=RARE)
    await settings(stage)


async def settings_key_locked(stage: Stage) -> None:
    await settings(stage)
    stage.backend.key_error = KeyringSlow(seconds=20)
    stage.session.settings.servers.look_for_keys()


async def settings_key_asking(stage: Stage) -> None:
    await settings(stage)
    stage.backend.keyring_gate.clear()
    stage.session.settings.servers.look_for_keys()


async def settings_key_rejected(stage: Stage) -> None:
    await settings(stage)
    stage.backend.check_error = RegionalKeyRejected(host="dashscope.aliyuncs.com", status=401)
    await _tried(stage, lambda: stage.session.settings.servers.keep_key(BEIJING, KEY))


async def settings_home_found(stage: Stage) -> None:
    await settings_key_rejected(stage)
    stage.backend.home = SINGAPORE
    found = first(stage.session.settings.servers.home_found)
    _button(child(stage.shell.window, Trial), 0).click()
    await found


async def settings_plan_key(stage: Stage) -> None:
    await settings(stage)
    child(stage.shell.window, QLineEdit, "API key").setText(PLAN_KEY)


async def settings_certificate_untrusted(stage: Stage) -> None:
    await settings(stage)
    stage.backend.check_error = CertificateUntrusted(host="dashscope.aliyuncs.com")
    await _tried(stage, lambda: stage.session.settings.servers.test(BEIJING))


async def settings_key_works(stage: Stage) -> None:
    await settings(stage)
    await _tried(stage, lambda: stage.session.settings.servers.keep_key(BEIJING, KEY))


async def settings_smallest(stage: Stage) -> None:
    """As narrow as the window can be."""
    await settings_plan_key(stage)
    child(stage.shell.window, SettingsDialog).resize(SMALLEST)


async def settings_network(stage: Stage) -> None:
    await _open(stage, SettingsPage.NETWORK)


async def settings_proxy(stage: Stage) -> None:
    network = Network("custom", "http://proxy.example:8080", "anna", "/etc/ssl/gone.pem")
    stage.session.settings.change(network=network)
    stage.backend.proxy_passwords[network] = "secret"
    checked = first(stage.session.settings.network.authorities_checked)
    await settings_network(stage)
    await checked


async def settings_proxy_refused(stage: Stage) -> None:
    stage.session.settings.change(network=Network("custom"))
    await settings_network(stage)
    stage.session.settings.network.set_address("ftp://proxy.example")


STATES: tuple[State, ...] = (
    settings,
    settings_servers,
    settings_adding,
    settings_local_server,
    settings_other_server,
    settings_workspace_missing,
    settings_key_asking,
    settings_key_locked,
    settings_key_rejected,
    settings_home_found,
    settings_plan_key,
    settings_certificate_untrusted,
    settings_key_works,
    settings_smallest,
    settings_network,
    settings_proxy,
    settings_proxy_refused,
)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


async def _open(stage: Stage, page: SettingsPage) -> None:
    stage.shell.open_settings(page)
    dialog = child(stage.shell.window, SettingsDialog)
    made = first(dialog.completed)
    await made
    stage.picture = dialog


async def _tried(stage: Stage, act: Callable[[], object]) -> None:
    ended = first(stage.session.settings.servers.test_ended)
    act()
    await ended


def _button(parent: ServerList | Trial, number: int) -> QPushButton:
    return parent.findChildren(QPushButton)[number]
