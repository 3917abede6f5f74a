"""What is asked of the reader: to read, which it can, or something else."""

import re

_READING = re.compile(
    r"""\b(read|extract|transcribe|ocr|recogni[sz]e|type\s+out|copy)\b
      | \b(text|words|letters|characters|writing|written|qr|barcode)\b
      | what\s+does\s+(it|this|that)\s+say
      | 读 | 提取 | 识别 | 抄 | 转写 | 转成文字 | 文字 | 文本 | 写了?(些|的是|着)?什么
      | 写的啥 | 二维码 | 条形码""",
    re.IGNORECASE | re.VERBOSE,
)

_MORE_THAN_READING = re.compile(
    r"""\b(translat\w*|summar\w*|explain\w*|describ\w*|analy[sz]\w*|compar\w*|correct\w*|fix\w*|improv\w*
         |rewrite|convert|count|why|how|who|which|mean(s|ing)?|should|is\s+there|are\s+there)\b
      | 翻译 | 译成 | 总结 | 概括 | 摘要 | 解释 | 描述 | 分析 | 比较 | 纠正 | 修改 | 改写 | 多少 | 几个
      | 为什么 | 怎么 | 怎样 | 如何 | 谁 | 哪 | 意思 | 是否 | 吗""",
    re.IGNORECASE | re.VERBOSE,
)


def wants_only_text(question: str) -> bool:
    """Whether reading the text answers `question` (English or Chinese). No question wants just that."""
    if not question.strip():
        return True
    return bool(_READING.search(question)) and not _MORE_THAN_READING.search(question)
