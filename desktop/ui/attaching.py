"""All ways in: drops, pastes, files, folders, web addresses and pages become attachments."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject

from desktop.domain.images import ImageFile
from desktop.ui.banner import Banner
from desktop.ui.clipboard_taker import ClipboardTaker
from desktop.ui.composer import ComposerPane
from desktop.ui.file_picker import FilePicker
from desktop.ui.intake import intake_of, sources_of
from desktop.ui.link_dialog import LinkDialog
from desktop.ui.pages_dialog import PagesDialog
from desktop.ui.window import MainWindow
from desktop.viewmodels.composer import ComposerViewModel, FolderFound, PageChoice


class Attaching(QObject):
    """Binds what brings images into `window` to one `ComposerViewModel`, and asks what must be asked."""

    def __init__(
        self, composer: ComposerViewModel, pane: ComposerPane, banner: Banner, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._composer = composer
        self._pane = pane
        self._banner = banner
        self._window = window
        self._folders: list[FolderFound] = []
        self._files = FilePicker(window)
        self._files.files_picked.connect(self.attach)
        self._clipboard = ClipboardTaker(self)
        self._clipboard.taken.connect(self._on_clipboard_taken)
        pane.images_pasted.connect(self._on_pane_images_pasted)
        banner.offer_taken.connect(self._on_banner_offer_taken)
        window.dragged_over.connect(pane.strip.expect)
        window.mime_dropped.connect(self._on_window_mime_dropped)
        composer.folder_found.connect(self._on_composer_folder_found)
        composer.pages_found.connect(self._on_composer_pages_found)

    def attach(self, paths: Sequence[Path]) -> None:
        self._composer.add([ImageFile(path) for path in paths])
        self._pane.focus_prompt()

    def attach_clipboard(self) -> None:
        """Attach the clipboard's image, or say that there is none."""
        self._clipboard.take()

    def ask_for_files(self, *, is_kept: bool) -> None:
        """`is_kept`: the conversation that they are for is."""
        self._files.open(leaves_traces=is_kept)

    def ask_for_link(self) -> None:
        dialog = LinkDialog(self._window)
        dialog.address_entered.connect(lambda url: self._composer.add_links([url]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _on_window_mime_dropped(self, mime: QMimeData) -> None:
        self._banner.hide()
        self._take_in(mime, self._nothing_came())
        self._window.activateWindow()
        self._pane.focus_prompt()

    def _on_pane_images_pasted(self, mime: QMimeData) -> None:
        self._take_in(mime, self._nothing_came())

    def _on_clipboard_taken(self, mime: QMimeData) -> None:
        self._take_in(mime, self.tr("There is no image in the clipboard. Copy one, and try again."))

    def _nothing_came(self) -> str:
        return self.tr("Nothing came with the drop. Try again, or save the image to a file first.")

    def _take_in(self, mime: QMimeData, otherwise: str) -> None:
        """Attach the images of `mime`, or else its links; or say what to do instead."""
        intake = intake_of(mime)
        if sources := sources_of(mime, self.tr("Pasted image")):
            self._composer.add(sources)
        elif intake.links:
            self._composer.add_links(intake.links)
        elif intake.is_out_of_reach:
            words = self.tr(
                "This program does not hand its files out. Save them to a folder, and drop them from there."
            )
            self._banner.show_words(words)
        else:
            self._banner.show_words(otherwise)

    def _on_composer_folder_found(self, found: FolderFound) -> None:
        if self._banner.offered_by is not self:
            self._folders.clear()
        self._folders.append(found)
        self._banner.offer(*self._question(), by=self)

    def _question(self) -> tuple[str, str]:
        """What is asked about the folders that wait for an answer, and what the button says."""
        count = sum(len(found.files) for found in self._folders)
        if len(self._folders) > 1:
            words = self.tr("{folders} folders hold {n} images. Attach them?")
        elif count > 1:
            words = self.tr("“{name}” holds {n} images. Attach them?")
        else:
            words = self.tr("“{name}” holds 1 image. Attach it?")
        said = words.format(name=self._folders[0].name, folders=len(self._folders), n=count)
        return said, self._promise(count)

    def _promise(self, count: int) -> str:
        """What becomes of `count` images."""
        room = self._composer.room
        if room is not None and 0 < room < count:
            return self.tr("Attach the first {n} of {count} images").format(n=room, count=count)
        return self.tr("Attach {n} images").format(n=count) if count > 1 else self.tr("Attach 1 image")

    def _on_banner_offer_taken(self, by: object) -> None:
        if by is not self:
            return
        self._composer.add_folders(self._folders)
        self._folders.clear()
        self._pane.focus_prompt()

    def _on_composer_pages_found(self, choice: PageChoice) -> None:
        dialog = PagesDialog(choice, self._window)
        dialog.pages_chosen.connect(lambda pages: self._composer.choose_pages(choice.digest, pages))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
