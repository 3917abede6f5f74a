"""Screenshots rendered with Qt, whose text is known to the character. Needs a QGuiApplication.

Five kinds of content at two sizes: 1280×720 with 15 to 18 px text, and 3840×2160, either dense (16 px text,
a 4K screen at 100 %) or at 200 % (32 px text); and what 1280×720 becomes on a screen at 125 % and 150 %.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QPainter,
)

from desktop.domain.images import MediaType

SANS, MONO, CJK = "DejaVu Sans", "DejaVu Sans Mono", "Noto Sans CJK SC"

Row = tuple[str, ...]
"""The cells of one row, left to right; most rows have one."""


@dataclass(frozen=True, slots=True)
class Screenshot:
    """The image in `data`, a PNG unless `mime` says otherwise, shows `rows`."""

    name: str
    data: bytes = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)
    mime: MediaType = "image/png"

    @property
    def text(self) -> str:
        return "\n".join("\t".join(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Style:
    """How rows are drawn; lengths in px. `columns` are the left edges of cells, in characters of the font."""

    family: str
    pixels: int
    ink: str = "#1f2328"
    paper: str = "#ffffff"
    columns: tuple[int, ...] = (0,)
    spacing: float = 1.45


SIZES = {"720p": (1280, 720, 1.0), "4K dense": (3840, 2160, 1.0), "4K 200%": (3840, 2160, 2.0)}
"""Width and height in px, and the factor by which letters are larger."""

SCALED_SIZES = {"125%": (1600, 900, 1.25), "150%": (1920, 1080, 1.5)}
"""As `SIZES`: what a desktop draws sharp at a larger scale."""

THEMES = {"light": ("#1f2328", "#ffffff"), "dark": ("#d4d4d4", "#1e1e1e")}
"""Ink and paper."""

_ENGLISH = """\
The quick check of a new release begins with its settings page.
Open Preferences, choose Updates, and press “Check now”.
If the server cannot be reached, the page says so and offers Retry.
Your files are never uploaded; only the version number is sent.
Last synchronised: Tuesday, 14 October, 09:41 (UTC+02:00)
Storage used: 187.4 GB of 512 GB, 36 % of the disk
Invoices are due within 30 days; a fee of 1.5 % applies afterwards.
Contact: help@example.org or +44 20 7946 0018
The committee met twice in March and once in April.
Minutes were approved by seven votes to two, with one abstention.
Passwords must have at least 12 characters and one digit.
“We never expected so many visitors,” said the curator.
Flight LX 1423 to Vienna now departs from gate B17 at 16:05.
Please keep this window open until the copy has finished.
Version 4.18.2 (build 20260311) is available for download.
Terms & Conditions apply. See https://www.example.com/terms?lang=en
Average response time fell from 840 ms to 312 ms over the week.
Add two cups of flour, half a teaspoon of salt and mix well.
The museum is closed on Mondays, except on public holidays.
Do you want to replace “summary.docx” with the newer file?
Shipping to Norway, Iceland and Switzerland takes 5–7 working days.
Press Ctrl+Shift+P to open the command palette.
All prices include VAT where applicable.
Rows 1–50 of 2,318 are shown, sorted by date.
""".splitlines()

_CHINESE = """\
欢迎使用桌面截图助手，请先选择一张图片。
设置页面提供语言、主题和快捷键三个选项。
网络连接已断开，请检查代理服务器后重试。
上次同步时间：2026年3月14日 星期六 09:41
存储空间：已使用 187.4 GB，共 512 GB
发票应在三十天内支付，逾期将收取滞纳金。
会议纪要已由七票赞成、两票反对通过。
密码长度不得少于十二个字符，并包含数字。
航班 CA1423 将于 16:05 从 B17 登机口起飞。
请在复制完成之前不要关闭此窗口。
新版本 4.18.2 可供下载，是否立即安装？
平均响应时间由 840 毫秒降至 312 毫秒。
博物馆每周一闭馆，法定节假日除外。
加入两杯面粉和半茶匙盐，搅拌均匀。
是否用较新的文件替换“年度总结.docx”？
所有价格均含增值税，运费另行计算。
订单编号：20260314-004182，状态：已发货
收货地址：杭州市西湖区文三路 478 号
客服电话：400-820-5512（工作日 9:00—18:00）
本软件不会上传您的任何文件或个人信息。
按 Ctrl+Shift+P 打开命令面板。
搜索结果共 2318 条，按时间排序。
春江潮水连海平，海上明月共潮生。
温度二十三摄氏度，湿度百分之六十五。
""".splitlines()

_CODE = """\
import asyncio
from dataclasses import dataclass, field, replace

@dataclass(frozen=True)
class Order:
    number: int
    lines: list[str] = field(default_factory=list)

async def fetch_orders(client, since: str) -> list[Order]:
    reply = await client.get("/orders", params={"since": since})
    if reply.status_code != 200:
        raise OrderError(f"status {reply.status_code}: {reply.text!r}")
    return [Order(row["id"], row["lines"]) for row in reply.json()]

def total(orders, rates, currency="EUR"):
    amount = 0.0
    for order in orders:
        amount += sum(rates[c] * v for c, v in order.prices.items())
    return round(amount * 1.07, 2)

async def main():
    async with Client(base_url="https://api.example.com/v2") as client:
        orders = await fetch_orders(client, since="2026-02-01")
    print(f"{len(orders)} orders, {total(orders, RATES):,.2f} EUR")

if __name__ == "__main__":
    asyncio.run(main())
""".splitlines()

_HEAD: Row = ("Order", "Customer", "City", "Items", "Total", "Status")
_NAMES = ("Lin Wei", "Maria Rossi", "王小明", "John O'Neil", "Aiko Tanaka", "陈思远", "Peter Novak")
_CITIES = ("Vienna", "Hangzhou", "上海", "Oslo", "Lisbon", "深圳", "Geneva", "Dublin")
_STATES = ("shipped", "open", "paid", "已取消", "returned")
_MODULES = ("http.server", "db.pool", "auth.session", "queue.worker", "cache")
_EVENTS = (
    "GET /api/v2/orders?page={n} 200 in {n} ms",
    "connection {h} closed by peer after {n} s",
    "retry {n} of 5 for job {h}",
    "user {n} signed in from 10.0.{n}.17",
    "slow query ({n} ms): SELECT id, total FROM orders WHERE id = {n}",
    "evicted {n} keys, {n} MB free",
    "checksum mismatch: expected {h}, got {h}",
)


def english(count: int) -> list[Row]:
    return [(_ENGLISH[n % len(_ENGLISH)],) for n in range(count)]


def chinese(count: int) -> list[Row]:
    return [(_CHINESE[n % len(_CHINESE)],) for n in range(count)]


def code(count: int) -> list[Row]:
    return [(_CODE[n % len(_CODE)],) for n in range(count)]


def table(count: int) -> list[Row]:
    chance = random.Random(7)
    rows = [_HEAD]
    for number in range(count - 1):
        items, price = chance.randint(1, 40), chance.uniform(3, 2000)
        facts = (f"{items}", f"{price:,.2f}", chance.choice(_STATES))
        rows.append((f"A-{10377 + number}", chance.choice(_NAMES), chance.choice(_CITIES), *facts))
    return rows


def log(count: int) -> list[Row]:
    chance = random.Random(11)

    def filled(event: str) -> str:
        while "{" in event:
            event = event.replace("{n}", str(chance.randint(2, 990)), 1)
            event = event.replace("{h}", f"{chance.getrandbits(32):08x}", 1)
        return event

    rows: list[Row] = []
    for number in range(count):
        second, level = divmod(number, 60)[1], chance.choice(("INFO", "WARN", "ERROR", "DEBUG"))
        stamp = f"2026-03-14 09:{number // 60 + 12:02d}:{second:02d}.{chance.randint(100, 999)}"
        rows.append((f"{stamp} {level:<5} {chance.choice(_MODULES)}: {filled(chance.choice(_EVENTS))}",))
    return rows


CONTENT: dict[str, tuple[Callable[[int], list[Row]], Style]] = {
    "english": (english, Style(SANS, 16)),
    "chinese": (chinese, Style(CJK, 18)),
    "code": (code, Style(MONO, 16, ink="#d4d4d4", paper="#1e1e1e")),
    "table": (table, Style(SANS, 15, columns=(0, 10, 26, 40, 50, 64))),
    "log": (log, Style(MONO, 15, ink="#c8e1c8", paper="#101418", spacing=1.3)),
}


def screenshot(kind: str, size: str, theme: str = "") -> Screenshot:
    """A screen full of `kind` (a key of `CONTENT`), in its own colours or those of one of `THEMES`.

    `size` is a key of `SIZES` or `SCALED_SIZES`.
    """
    rows_of, style = CONTENT[kind]
    if theme:
        ink, paper = THEMES[theme]
        style = replace(style, ink=ink, paper=paper)
    width, height, scale = (SIZES | SCALED_SIZES)[size]
    step = style.pixels * scale * style.spacing
    rows = rows_of(int((height - 2 * _MARGIN * scale) / step))
    name = " ".join(filter(None, (kind, size, theme)))
    return Screenshot(name, draw(rows, style, width, height, scale), tuple(rows))


_MARGIN = 24


def draw(rows: Sequence[Row], style: Style, width: int, height: int, scale: float = 1.0) -> bytes:
    """A PNG of `width` × `height` px with one row below the other."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(style.paper))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    font = installed_font(style.family, round(style.pixels * scale))
    painter.setFont(font)
    painter.setPen(QColor(style.ink))
    advance = QFontMetricsF(font).horizontalAdvance("n")
    for number, row in enumerate(rows):
        baseline = _MARGIN * scale + style.pixels * scale * (style.spacing * number + 1)
        for column, cell in zip(style.columns, row, strict=False):
            painter.drawText(QPointF(_MARGIN * scale + column * advance, baseline), cell)
    painter.end()
    return png_bytes(image)


def installed_font(family: str, pixels: int) -> QFont:
    """The family itself, or a failed test: another font would make the figures mean nothing."""
    assert family in QFontDatabase.families(), f"{family} is not installed"
    assert CJK in QFontDatabase.families(), f"{CJK} is not installed"
    font = QFont([family, CJK])
    font.setPixelSize(pixels)
    assert QFontInfo(font).family() == family
    return font


def png_bytes(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
