"""What a program in a process of its own offers to others: files, a picture, text."""

import argparse
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl


def parser(description: str) -> argparse.ArgumentParser:
    """Options that say what is offered, together: as real programs do."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--file", type=Path, action="append", default=[], help="files, by name")
    made.add_argument("--picture", type=Path, help="the bytes of this PNG file, without its name")
    made.add_argument("--text", default="")
    made.add_argument("--html", default="")
    made.add_argument("--link", default="", help="a web address")
    return made


def offered(options: argparse.Namespace) -> QMimeData:
    """The offer that `options` describe."""
    mime = QMimeData()
    urls = [QUrl.fromLocalFile(str(path)) for path in options.file]
    if options.link:
        urls.append(QUrl(options.link))
    if urls:
        mime.setUrls(urls)
    if options.text:
        mime.setText(options.text)
    if options.html:
        mime.setHtml(options.html)
    if options.picture:
        mime.setData("image/png", options.picture.read_bytes())
    return mime
