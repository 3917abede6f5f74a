"""Words on buttons and in menus, where "&" marks the letter that stands for them."""


def unmarked(words: str) -> str:
    """`words` of somebody else as the text of a button or an action: an "&" in them is shown."""
    return words.replace("&", "&&")
