"""A corpus of images, real and broken: each becomes what the model should get, or a sentence."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.domain.image_errors import BrokenImage, DecoderCrashed, ImageError
from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageBytes, ImageInput
from desktop.domain.settings import Endpoint
from desktop.imaging.loader import WorkerImageLoader
from desktop.worker.process import WorkerProcess
from tests.support.corpus import Entry
from tests.support.corpus_damage import judge
from tests.support.corpus_fuzz import SEEDS, Mutant, mutants
from tests.support.corpus_judge import complaints, misfits
from tests.support.corpus_shelf import MAKERS, corpus, part
from tests.support.corpus_size import KINDS, bomb, claiming

LIMITS = image_limits(Endpoint(), "qwen3-vl-plus")
LEAST_ENTRIES = 300
SEED = 20

LEAST_DECIDED = 0.4
"""Of the damaged images that were taken, the share of which other decoders must have had one picture, too.
Those of PNG and GIF seldom agree on what damage is worth an error."""

PATIENCE = 30.0
"""Seconds without a word from the worker after which an image counts as a hang."""

PEAK_MB = 256
"""What the worker may have held at its peak. The libraries take 75 MB and the largest picture 2 MB: no header
that lies is believed."""

BOMB_PEAK_MB = 1500
"""100 megapixels in 4 channels are 0.4 GB; to convert and to shrink them takes a copy. Measured: PNG and JPEG
690 MB, TIFF 790, GIF 960, AVIF 1400 (libavif holds the planes, too)."""

Outcome = ImageInput | ImageError


@dataclass(frozen=True, slots=True)
class Bench:
    """One worker for everything; each test sends it what is its own."""

    runner: asyncio.Runner
    worker: WorkerProcess

    def load(self, image: Entry | Mutant) -> Outcome:
        try:
            loader = WorkerImageLoader(self.worker)
            return self.runner.run(loader.load(ImageBytes(image.name, image.data), LIMITS))
        except ImageError as error:
            return error

    def lived(self, peak_mb: int) -> Iterator["Bench"]:
        """Yields itself once, and judges the worker after that."""
        # Whatever the libraries open once for themselves is open after the first image.
        self.load(Entry("first.png", b"no image"))
        pid = self.worker.pid
        assert pid is not None
        opened = descriptors(pid)
        yield self
        assert self.worker.pid == pid, "the worker died of an image"
        print(f"the worker's peak: {self.peak_mb()} MB")
        assert self.peak_mb() <= peak_mb
        assert descriptors(pid) == opened

    def peak_mb(self) -> int:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self.worker.pid}/status").read_text())
        assert found
        return int(found[1]) // 1024


def descriptors(pid: int | str = "self") -> list[str]:
    """What a process holds open: files, pipes, sockets. (Qt keeps an eventfd for each thread of its pool.)"""
    targets = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
    return sorted(target for target in targets if not target.startswith("anon_inode"))


@contextmanager
def one_worker(peak_mb: int) -> Iterator[Bench]:
    """A worker that must live to the end, in `peak_mb`, and leave nothing open, here or there."""
    before = descriptors()
    with asyncio.Runner() as runner:
        bench = Bench(runner, WorkerProcess(silence=PATIENCE))
        try:
            yield from bench.lived(peak_mb)
        finally:
            runner.run(bench.worker.aclose())
    assert descriptors() == before


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with one_worker(PEAK_MB) as bench:
        yield bench


def judged(entry: Entry, outcome: Outcome) -> list[str]:
    if isinstance(outcome, ImageInput):
        return [f"{entry.name}: {complaint}" for complaint in complaints(entry, outcome)]
    said = f"{entry.name}: refused as {type(outcome).__name__}: {outcome} ({outcome.detail})"
    return [said] if isinstance(outcome, DecoderCrashed) or not isinstance(outcome, entry.errors) else []


def test_the_corpus_is_large_and_no_image_is_there_twice() -> None:
    entries = corpus()
    print(f"{len(entries)} images")

    assert len({entry.name for entry in entries}) == len({entry.data for entry in entries}) == len(entries)
    assert len(entries) >= LEAST_ENTRIES


@dataclass
class Tally:
    """What became of damaged images: complaints, and how many pictures others could confirm."""

    complaints: list[str] = field(default_factory=list)
    taken: int = 0
    decided: int = 0

    def add(self, mutant: Mutant, outcome: Outcome) -> None:
        if isinstance(outcome, ImageInput):
            verdict = judge(mutant, outcome)
            self.taken, self.decided = self.taken + 1, self.decided + verdict.decided
            self.complaints += [f"{mutant.name}: {complaint}" for complaint in verdict.complaints]
        elif isinstance(outcome, DecoderCrashed) or mutant.name not in str(outcome):
            self.complaints.append(f"{mutant.name}: {outcome} ({outcome.detail})")


def damaged(bench: Bench, kind: str, count: int, seed: int) -> Tally:
    tally = Tally()
    for mutant in mutants(kind, count, seed):
        tally.add(mutant, bench.load(mutant))
    print(
        f"{kind}: {count} damaged, {tally.taken} taken, {tally.decided} of them seen alike by other decoders"
    )
    return tally


decoders_may_grumble = pytest.mark.qt_log_ignore(".")
"""Of damaged images, in the tests' own process, where Qt has its reading of what was sent."""


@pytest.mark.parametrize("name", MAKERS)
def test_every_image_becomes_what_it_should(bench: Bench, name: str) -> None:
    found = [line for entry in part(name) for line in judged(entry, bench.load(entry))]

    assert not found, "\n".join(found)


@decoders_may_grumble
@pytest.mark.parametrize("kind", SEEDS)
def test_damaged_images_become_a_right_picture_or_a_sentence(bench: Bench, kind: str) -> None:
    tally = damaged(bench, kind, 60, SEED)

    assert not tally.complaints, "\n".join(tally.complaints)


@pytest.mark.slow
@decoders_may_grumble
@pytest.mark.parametrize("kind", SEEDS)
def test_many_more_damaged_images(bench: Bench, kind: str) -> None:
    tally = damaged(bench, kind, 1000, SEED + 1)

    assert not tally.complaints, "\n".join(tally.complaints)
    assert tally.decided >= tally.taken * LEAST_DECIDED


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["png", "jpg", "gif", "tiff", "webp", "avif"])
def test_much_out_of_little_costs_one_picture(kind: str) -> None:
    """100 megapixels in a few KB are a picture as any other: it is made smaller, and the worker lives on."""
    # An AVIF's boxes may ask for another size than its stream has: libavif scales, as HTML does.
    side = 8_000 if kind == "webp" else 10_000
    data = claiming(kind, side, side) if kind == "avif" else bomb(kind, side)

    with one_worker(BOMB_PEAK_MB) as bench:
        outcome = bench.load(Entry(f"bomb.{kind}", data))
        assert isinstance(outcome, ImageInput)
        assert outcome.change is not None
        assert (outcome.change.from_size, outcome.change.limit) == ((side, side), "pixels")
        assert not list(misfits(outcome))
        assert isinstance(bench.load(part("png")[0]), ImageInput)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("gif", "avif")])
def test_a_header_that_lies_within_the_limit_is_found_out(kind: str) -> None:
    """100 megapixels are declared and 320 px are there: no grey is sent for what never comes.

    (A GIF's screen may well be larger than its frames, and an AVIF larger than its stream.)
    """
    with one_worker(BOMB_PEAK_MB) as bench:
        outcome = bench.load(Entry(f"liar.{kind}", claiming(kind, 10_000, 10_000)))

    assert isinstance(outcome, BrokenImage)
