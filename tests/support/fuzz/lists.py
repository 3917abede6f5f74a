"""Lists of models, as servers and whoever listens on this machine's ports give them."""

import random

from desktop.domain.settings import ProviderKind
from desktop.providers import discovery
from desktop.providers.model_lists import (
    LONGEST_ID,
    MOST_MODELS,
    as_listed,
    read_entry,
    read_list,
    read_props,
)
from tests.support.fuzz.engine import Target
from tests.support.fuzz.mutation import LARGEST, mutated
from tests.support.fuzz.texts import encoded, hostile_text
from tests.support.fuzz.values import damaged_value, dumped

_KIND: ProviderKind = "vllm"
_WORDS = (
    b'{"data":',
    b"[",
    b"{}",
    b"null",
    b'"id":',
    b'"models":',
    b"\0",
    b"\xff",
    b'"capabilities":["vision"]',
)
_ENTRY = {
    "id": "qwen3-vl-plus",
    "object": "model",
    "owned_by": "library",
    "context_length": 131_072,
    "max_model_len": 4_096,
    "type": "vlm",
    "capabilities": ["vision", "completion", "thinking"],
    "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["text"]},
    "supported_parameters": ["reasoning"],
    "reasoning": {"mandatory": True},
    "meta": {"n_ctx_train": 8_192},
    "model_info": {"llama.context_length": 4_096},
}
_PROPS = {"default_generation_settings": {"n_ctx": 4_096}, "modalities": {"vision": True}}


class ModelLists(Target):
    """Whatever comes, it is a list of at most `MOST_MODELS` models with names that can be shown, or none."""

    name = "lists"
    peak_mb = 32

    def make(self, chance: random.Random) -> bytes:
        entries = [
            _ENTRY | {"id": hostile_text(chance, most=3)} for _ in range(chance.choice((0, 1, 3, 500)))
        ]
        shapes = (
            {"data": entries},
            entries,
            {"data": entries, "models": entries},
            {"output": {"models": entries}},
        )
        value = chance.choice((*shapes, _ENTRY, _PROPS))
        return mutated(chance, encoded(dumped(chance, damaged_value(chance, value, 6))), _WORDS, 2)[:LARGEST]

    def check(self, data: bytes) -> str:
        told = [read_entry(data), read_props(data)]
        found = read_list(data)
        kind, _ = discovery._read(data, _KIND)
        assert isinstance(kind, str)
        for each in as_listed(found or {}):
            assert each.id.isprintable()
            assert 0 < len(each.id) <= LONGEST_ID
        assert len(found or {}) <= MOST_MODELS
        told += (found or {}).values()
        assert all(each.context is None or each.context > 0 for each in told)
        return "a list" if found else "none" if found is None else "an empty list"
