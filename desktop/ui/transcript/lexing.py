"""The languages that are coloured, Pygments' lexers for them, and which colour a kind of token has."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

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
    "Comment": "comment",
    "Keyword": "keyword",
    "Keyword.Type": "type_",
    "Operator.Word": "keyword",
    "Name.Builtin": "type_",
    "Name.Class": "type_",
    "Name.Decorator": "function",
    "Name.Function": "function",
    "Name.Tag": "keyword",
    "Name.Attribute": "function",
    "Literal.Number": "number",
    "Literal.String": "string",
}
"""By Pygments' names for kinds of tokens; a kind without a role of its own has its parent's."""


def is_known(language: str) -> bool:
    """Whether code in the `language` of a fence can be coloured."""
    return canonical(language) in _LEXERS


def canonical(language: str) -> str:
    """The name that a language goes by here."""
    name = language.lower()
    return _ALIASES.get(name, name)


def lexer_of(language: str) -> "Lexer":
    """For a language that is known. The first time it may take 60 ms."""
    return _lexer(*_LEXERS[canonical(language)])


@cache
def _lexer(module: str, class_name: str) -> "Lexer":
    made: Lexer = getattr(import_module(f"pygments.lexers.{module}"), class_name)()
    return made


@cache
def role_of(kind: str) -> str:
    """The colour of a kind of token, by Pygments' name for it; none if it is empty."""
    while kind not in _ROLES:
        if not kind:
            return ""
        kind = kind.rpartition(".")[0]
    return _ROLES[kind]
