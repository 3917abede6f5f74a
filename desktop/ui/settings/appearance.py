"""How the window looks and speaks."""

from PySide6.QtWidgets import QSizePolicy, QSpinBox, QWidget

from desktop.domain.settings import TEXT_PERCENT_RANGE, Settings
from desktop.ui.settings.field import choice, form_in, row
from desktop.viewmodels.settings import SettingsViewModel


class AppearancePage(QWidget):
    """Language, theme, text size."""

    def __init__(self, settings: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        current = settings.settings
        form = form_in(self)
        language = choice(
            [("system", self.tr("As the system")), ("en", "English"), ("zh_CN", "简体中文")],
            current.language,
            lambda value: settings.change(language=value),
        )
        row(form, self.tr("Language"), "Language", language)
        theme = choice(
            [
                ("system", self.tr("As the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ],
            current.theme,
            lambda value: settings.change(theme=value),
        )
        row(form, self.tr("Theme"), "Theme", theme)
        self._size = size = QSpinBox()
        size.setRange(*TEXT_PERCENT_RANGE)
        size.setSingleStep(10)
        size.setSuffix(" %")
        size.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        size.setValue(current.text_percent)
        size.valueChanged.connect(lambda percent: settings.change(text_percent=percent))
        settings.changed.connect(self._on_settings_changed)
        row(form, self.tr("Text size"), "Text size", size)

    def _on_settings_changed(self, settings: Settings) -> None:
        self._size.setValue(settings.text_percent)
