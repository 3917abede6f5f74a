"""Theme, text size and language of the running application, as the settings say."""

from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from desktop.domain.settings import Language, Settings
from desktop.paths import resource
from desktop.ui import theme
from desktop.ui.letters import CHINESE, can_write

_CHINESE = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC")
"""Fonts with simplified forms, by system; those that are installed are used."""

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class Appearance(QObject):
    """Dresses the application; follows the system live where the settings leave it to it."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._font = _with_chinese(app.font())
        self._translators: list[QTranslator] = []
        self._dressed: tuple[Qt.ColorScheme, int] | None = None
        app.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()
        self._speak()

    def apply(self, settings: Settings) -> bool:
        """Follow `settings`; True when the language is another one, so that words must be made anew."""
        before, self._settings = self._settings, settings
        self._dress()
        if settings.language == before.language:
            return False
        self._speak()
        return True

    def _dress(self) -> None:
        scheme = _SCHEMES.get(self._settings.theme, self._app.styleHints().colorScheme())
        percent = self._settings.text_percent
        if self._dressed != (scheme, percent):
            self._dressed = (scheme, percent)
            font = QFont(self._font)
            font.setPointSizeF(self._font.pointSizeF() * percent / 100)
            theme.apply(self._app, scheme, font)

    def _speak(self) -> None:
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators.clear()
        locale = self._locale()
        QLocale.setDefault(locale)
        if locale.language() != QLocale.Language.English:
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._load(f"qtbase_{locale.name()}", folder)
            self._load(f"viewfinder_{locale.name()}", str(resource("translations")))

    def _locale(self) -> QLocale:
        """What the settings or the system say; but no Chinese of empty boxes that nobody chose."""
        # Its UI languages, not its name: on Windows and macOS that one says how dates are written.
        locale = spoken_locale(self._settings.language, QLocale.system().uiLanguages())
        is_chosen = self._settings.language != "system"
        is_chinese = locale.language() == QLocale.Language.Chinese
        return (
            QLocale("en") if is_chinese and not is_chosen and not can_write(CHINESE, self._font) else locale
        )

    def _load(self, name: str, folder: str) -> None:
        translator = QTranslator(self)
        if translator.load(name, folder):
            self._app.installTranslator(translator)
            self._translators.append(translator)


def _with_chinese(system: QFont) -> QFont:
    """The system's font, and after it one with the forms that are written in mainland China.

    Left to itself, Qt takes Japanese forms (关, 直, 骨) while the window speaks English.
    """
    font = QFont(system)
    installed = set(QFontDatabase.families())
    # QFontInfo tells the real name: one that is only an alias would be passed over in a list.
    font.setFamilies([QFontInfo(system).family(), *(name for name in _CHINESE if name in installed)])
    return font


def spoken_locale(wanted: Language, system_languages: Sequence[str]) -> QLocale:
    """The locale to speak and to write numbers in.

    Left to the system, it is the first of `system_languages` (its own order, as "zh-Hant-TW") that the app
    speaks: any Chinese is Simplified Chinese, and where there is none, it is English.
    """
    if wanted != "system":
        return QLocale(wanted)
    for locale in map(QLocale, system_languages):
        if locale.language() == QLocale.Language.Chinese:
            return QLocale("zh_CN")
        if locale.language() == QLocale.Language.English:
            return locale
    return QLocale("en")
