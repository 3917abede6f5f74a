"""How questions are asked: model, stream, thinking, parameters."""

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QDoubleValidator, QIntValidator
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.models import READER_MODEL
from desktop.ui.settings.field import OptionalNumber, form_in, labelled, row
from desktop.viewmodels.settings import SettingsViewModel

_MOST_TOKENS = 1_000_000
_LARGEST_SEED = 2**31 - 1


class AnswersPage(QWidget):
    """Everything that shapes an answer. An empty field sends nothing: the server's default holds."""

    def __init__(self, settings: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._form = form_in(self)
        self._place_model()
        self._place_switches()
        self._place_parameters()

    def _place_model(self) -> None:
        self._model = QLineEdit(self._settings.model)
        self._model.editingFinished.connect(self._on_model_editing_finished)
        self._settings.changed.connect(self._show_model)
        row(self._form, self.tr("Default model"), "Default model", self._model)

    def _place_switches(self) -> None:
        current = self._settings.settings
        stream = QCheckBox(self.tr("Show the answer while it comes"))
        stream.setChecked(current.stream)
        stream.setAccessibleName("Streaming")
        stream.toggled.connect(lambda on: self._settings.change(stream=on))
        labelled(self._form, self.tr("Streaming"), stream)
        budget = self._number(QIntValidator(1, _MOST_TOKENS), current.thinking_budget)
        budget.editingFinished.connect(lambda: self._settings.change(thinking_budget=budget.integer()))
        row(self._form, self.tr("Thinking budget (tokens)"), "Thinking budget", budget)

    def _place_parameters(self) -> None:
        current = self._settings.settings.parameters
        temperature = self._number(QDoubleValidator(0.0, 1.99, 2), current.temperature)
        temperature.editingFinished.connect(lambda: self._set(temperature=temperature.number()))
        row(self._form, self.tr("Temperature"), "Temperature", temperature)
        top_p = self._number(QDoubleValidator(0.01, 1.0, 2), current.top_p)
        top_p.editingFinished.connect(lambda: self._set(top_p=top_p.number()))
        row(self._form, self.tr("Top P"), "Top P", top_p)
        longest = self._number(QIntValidator(1, _MOST_TOKENS), current.max_tokens)
        longest.editingFinished.connect(lambda: self._set(max_tokens=longest.integer()))
        row(self._form, self.tr("Longest answer (tokens)"), "Longest answer", longest)
        seed = self._number(QIntValidator(0, _LARGEST_SEED), current.seed)
        seed.editingFinished.connect(lambda: self._set(seed=seed.integer()))
        row(self._form, self.tr("Seed"), "Seed", seed)
        instructions = QPlainTextEdit(current.instructions)
        instructions.setProperty("role", "field")
        instructions.setTabChangesFocus(True)
        instructions.setPlaceholderText(self.tr("Sent before every conversation, as the system message"))
        instructions.setMaximumHeight(84)
        instructions.textChanged.connect(lambda: self._set(instructions=instructions.toPlainText()))
        row(self._form, self.tr("Instructions"), "Instructions", instructions)

    def _number(self, validator: QIntValidator | QDoubleValidator, number: float | None) -> OptionalNumber:
        field = OptionalNumber(validator)
        field.setPlaceholderText(self.tr("Server's default"))
        field.show_number(number)
        return field

    def _on_model_editing_finished(self) -> None:
        self._model.setModified(False)
        self._settings.change(model=self._model.text().strip() or READER_MODEL)
        self._show_model()

    def _show_model(self) -> None:
        # The first key that works chooses a model, and so does the picker; what is being typed stays.
        if not self._model.isModified():
            self._model.setText(self._settings.model)

    def _set(self, **fields: Any) -> None:
        self._settings.change(parameters=replace(self._settings.settings.parameters, **fields))
