"""The fields that tell where a server is."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit

from desktop.domain.dashscope import REGIONS
from desktop.domain.endpoints import base_url, has_regions, host_of, profile_of, without_secrets
from desktop.domain.profiles import PROFILES
from desktop.domain.provider_errors import InvalidAddress
from desktop.domain.settings import Endpoint, Plan
from desktop.ui.endpoint_words import plan_name, region_name
from desktop.ui.settings.field import Status, choice, row
from desktop.ui.wording import sentence

_EXAMPLE = "https://example.com/v1"


class AddressFields(QObject):
    """Rows of `form` for one `Endpoint`: those that its kind has.

    Signals:
        edited: The `Endpoint` that it shall be.
    """

    edited = Signal(object)

    def __init__(self, form: QFormLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._endpoint = Endpoint()
        regions = [(region, region_name(region)) for region in REGIONS]
        self._region = choice(regions, "", lambda value: self._edit(region=value))
        self._plan = choice([], "", lambda value: self._edit(plan=value))
        self._workspace = QLineEdit()
        self._base_url = QLineEdit()
        self._words = Status("Host")
        row(form, self.tr("Region"), "Region", self._region)
        row(form, self.tr("Plan"), "Plan", self._plan)
        row(form, self.tr("Workspace ID"), "Workspace ID", self._workspace)
        row(form, self.tr("Base URL"), "Base URL", self._base_url)
        form.addRow("", self._words)
        self._workspace.editingFinished.connect(self._on_workspace_editing_finished)
        self._base_url.editingFinished.connect(self._on_base_url_editing_finished)

    def show_endpoint(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        is_service = has_regions(endpoint)
        self._form.setRowVisible(self._region, is_service)
        self._form.setRowVisible(self._plan, is_service and len(_plans_of(endpoint)) > 1)
        self._form.setRowVisible(self._workspace, is_service and endpoint.plan == "usage")
        self._form.setRowVisible(self._base_url, not is_service)
        self._show_region()
        self._base_url.setText(endpoint.base_url)
        self._base_url.setPlaceholderText(PROFILES[endpoint.provider].base_url or _EXAMPLE)
        self._words.say(self._where())

    def take_focus(self) -> None:
        """What is typed goes to the address, or to the workspace that is a part of it."""
        (self._workspace if has_regions(self._endpoint) else self._base_url).setFocus()

    def refuse_twin(self) -> None:
        """Say that what was entered is another server of the list, and show what holds."""
        self.show_endpoint(self._endpoint)
        self._words.say(self.tr("This server is in the list already."))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _show_region(self) -> None:
        endpoint, facts = self._endpoint, REGIONS[self._endpoint.region]
        _select(self._region, endpoint.region)
        self._plan.clear()
        for plan in _plans_of(endpoint):
            self._plan.addItem(plan_name(plan), plan)
        _select(self._plan, endpoint.plan)
        self._workspace.setText(endpoint.workspace)
        self._workspace.setPlaceholderText(
            self.tr("Only for a workspace-dedicated address")
            if facts.shared_url
            else self.tr("Needed in this region")
        )

    def _where(self) -> str:
        endpoint = self._endpoint
        try:
            host = host_of(base_url(endpoint))
        except InvalidAddress as error:
            if has_regions(endpoint) or endpoint.base_url:
                return sentence(error)
            return self.tr("Enter the server's address, with http:// or https://.")
        known = profile_of(endpoint)
        if endpoint.provider == "custom" and known is not PROFILES["custom"]:
            return self.tr("This is {service}. Questions and images go to {host}.").format(
                service=known.name, host=host
            )
        return self.tr("Questions and images go to {host}.").format(host=host)

    def _edit(self, **fields: Any) -> None:
        edited = replace(self._endpoint, **fields)
        if edited.plan not in _plans_of(edited):
            edited = replace(edited, plan="usage")
        if edited != self._endpoint:
            self.edited.emit(edited)

    def _on_workspace_editing_finished(self) -> None:
        self._edit(workspace=self._workspace.text().strip())

    def _on_base_url_editing_finished(self) -> None:
        address = without_secrets(self._base_url.text())
        self._base_url.setText(address)
        self._edit(base_url=address)


def _plans_of(endpoint: Endpoint) -> tuple[Plan, ...]:
    return ("usage", *REGIONS[endpoint.region].plan_urls)


def _select(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(max(box.findData(value), 0))
