"""Another program that has copied something: `python -m tests.support.clipboard_owner --text T --html H …`.

Says `copied` on stdout once it owns the clipboard.
"""

import sys

from PySide6.QtGui import QGuiApplication

from tests.support.mime_offer import offered, parser


def main() -> int:
    options = parser("Own the clipboard.").parse_args()
    app = QGuiApplication(sys.argv[:1])
    app.clipboard().setMimeData(offered(options))
    print("copied", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
