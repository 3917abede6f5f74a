"""Which questions the on-device reader can answer by reading."""

import pytest

from desktop.reader.question import wants_only_text


@pytest.mark.parametrize(
    "question",
    [
        "",
        "  \n",
        "Read the text",
        "Extract all text from this screenshot.",
        "OCR",
        "please transcribe",
        "What does it say?",
        "copy the words out of this",
        "Scan the QR code",
        "读取图中的文字",
        "提取文本",
        "图片里写了什么",
        "图里写的是什么？",
        "识别图中所有文字",
        "这个二维码的内容",
    ],
)
def test_a_wish_for_the_text(question: str) -> None:
    assert wants_only_text(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is in this picture?",
        "Why does this fail?",
        "Translate the text into French",
        "Read the text and summarise it",
        "How do I fix this error?",
        "Describe this image",
        "Who wrote this text?",
        "Is there a cat?",
        "图中有什么动物？",
        "把文字翻译成英文",
        "总结图中的文字",
        "这是什么意思？",
        "一共多少钱",
        "hello",
    ],
)
def test_anything_else(question: str) -> None:
    assert not wants_only_text(question)
