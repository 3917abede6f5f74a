"""Colours for code, by Pygments: in slices, so that no frame waits for a long block."""

from collections import deque
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from time import perf_counter
from typing import NamedTuple

from pygments.lexer import Lexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QBrush, QColor, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextLayout

from desktop.markdown.blocks import CodeBlock
from desktop.ui.theme import Colors
from desktop.ui.transcript.characters import as_lines, length

SLICE_SECONDS = 0.004
"""How long the window is kept from other work at a time."""

_DONE = object()

LONGEST = 200_000
"""Characters; longer code stays in one colour."""

_LEXERS = {
    "bash": ("shell", "BashLexer"),
    "c": ("c_cpp", "CLexer"),
    "cpp": ("c_cpp", "CppLexer"),
    "csharp": ("dotnet", "CSharpLexer"),
    "css": ("css", "CssLexer"),
    "diff": ("diff", "DiffLexer"),
    "docker": ("configs", "DockerLexer"),
    "go": ("go", "GoLexer"),
    "html": ("html", "HtmlLexer"),
    "ini": ("configs", "IniLexer"),
    "java": ("jvm", "JavaLexer"),
    "javascript": ("javascript", "JavascriptLexer"),
    "json": ("data", "JsonLexer"),
    "kotlin": ("jvm", "KotlinLexer"),
    "lua": ("scripting", "LuaLexer"),
    "make": ("make", "MakefileLexer"),
    "markdown": ("markup", "MarkdownLexer"),
    "php": ("php", "PhpLexer"),
    "powershell": ("shell", "PowerShellLexer"),
    "python": ("python", "PythonLexer"),
    "r": ("r", "SLexer"),
    "ruby": ("ruby", "RubyLexer"),
    "rust": ("rust", "RustLexer"),
    "sql": ("sql", "SqlLexer"),
    "swift": ("objective", "SwiftLexer"),
    "tex": ("markup", "TexLexer"),
    "toml": ("configs", "TOMLLexer"),
    "typescript": ("javascript", "TypeScriptLexer"),
    "xml": ("html", "XmlLexer"),
    "yaml": ("data", "YamlLexer"),
}
_ALIASES = {
    "c#": "csharp",
    "c++": "cpp",
    "cc": "cpp",
    "console": "bash",
    "cs": "csharp",
    "dockerfile": "docker",
    "golang": "go",
    "h": "c",
    "hpp": "cpp",
    "js": "javascript",
    "jsonc": "json",
    "jsx": "javascript",
    "kt": "kotlin",
    "latex": "tex",
    "makefile": "make",
    "md": "markdown",
    "patch": "diff",
    "ps1": "powershell",
    "py": "python",
    "python3": "python",
    "rb": "ruby",
    "rs": "rust",
    "sh": "bash",
    "shell": "bash",
    "svg": "xml",
    "ts": "typescript",
    "tsx": "typescript",
    "vue": "html",
    "yml": "yaml",
    "zsh": "bash",
}
"""A table of our own: Pygments' look-up of an unknown name scans entry points for 25–38 ms."""

_ROLES = {
    Comment: "comment",
    Keyword: "keyword",
    Keyword.Type: "type_",
    Operator.Word: "keyword",
    Name.Builtin: "type_",
    Name.Class: "type_",
    Name.Decorator: "function",
    Name.Function: "function",
    Name.Tag: "keyword",
    Name.Attribute: "function",
    Number: "number",
    String: "string",
}


@cache
def lexer(language: str) -> Lexer | None:
    """Pygments' lexer for the `language` of a fence, loaded at its first use; None if it is not known."""
    name = language.lower()
    found = _LEXERS.get(_ALIASES.get(name, name))
    if found is None:
        return None
    module, class_name = found
    made: Lexer = getattr(import_module(f"pygments.lexers.{module}"), class_name)()
    return made


class Highlighter(QObject):
    """Lays colours over lines of code; the document's own text and formats are not touched."""

    def __init__(self, document: QTextDocument, colors: Colors) -> None:
        super().__init__(document)
        self._document = document
        self._colors = colors
        self._jobs: deque[Iterator[None]] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def add(self, first_line: QTextBlock, block: CodeBlock) -> None:
        """Colour `block`, whose first line is the text block `first_line`."""
        if 0 < len(block.text) <= LONGEST and block.language:
            self._jobs.append(self._run(QTextCursor(first_line), block))
            self._timer.start()

    def restart(self, colors: Colors) -> None:
        """Forget what is still to be coloured; colour with `colors` from now on."""
        self._jobs.clear()
        self._colors = colors

    def _on_timer_timeout(self) -> None:
        end = perf_counter() + SLICE_SECONDS
        while self._jobs and perf_counter() < end:
            if next(self._jobs[0], _DONE) is _DONE:
                self._jobs.popleft()
        if not self._jobs:
            self._timer.stop()

    def _run(self, cursor: QTextCursor, block: CodeBlock) -> Iterator[None]:
        """Colour a line for each step. Stops where the document no longer holds the code."""
        if (lexer_ := lexer(block.language)) is None:
            return
        yield
        line = cursor.block()
        for text, spans in _lines(lexer_, block.text):
            if not line.isValid() or line.text() != text:
                return
            self._paint(line, spans)
            line = line.next()
            yield

    def _paint(self, line: QTextBlock, spans: list["_Span"]) -> None:
        if not spans:
            return
        line.layout().setFormats([self._format(span) for span in spans])
        self._document.markContentsDirty(line.position(), line.length())

    def _format(self, span: "_Span") -> QTextLayout.FormatRange:
        color: QColor = getattr(self._colors, span.role)
        formats = QTextLayout.FormatRange()
        formats.start, formats.length = span.start, span.length
        formats.format = QTextCharFormat()
        formats.format.setForeground(QBrush(color))
        return formats


class _Span(NamedTuple):
    """Characters of a line, counted as Qt does, and the colour they have in the theme."""

    start: int
    length: int
    role: str


def _lines(lexer_: Lexer, code: str) -> Iterator[tuple[str, list[_Span]]]:
    text, spans, column = "", list[_Span](), 0
    for _, kind, value in lexer_.get_tokens_unprocessed("\n".join(as_lines(code)) + "\n"):
        role = _role(kind)
        first, *others = value.split("\n")
        for index, part in enumerate([first, *others]):
            if index:
                yield text, spans
                text, spans, column = "", [], 0
            text += part
            size = length(part)
            if role and size:
                spans.append(_Span(column, size, role))
            column += size
    yield text, spans


@cache
def _role(kind: _TokenType) -> str:
    while kind not in _ROLES:
        if kind.parent is None:
            return ""
        kind = kind.parent
    return _ROLES[kind]
