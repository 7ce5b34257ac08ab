"""A Whisper of two small layers with random weights, in the form of CTranslate2: it can be loaded and asked, and what
it says means nothing."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ctranslate2.specs.whisper_spec import WhisperSpec
from tokenizers import Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE

WIDTH, HEADS, VOCABULARY_END = 16, 2, "<|endoftext|>"
SPECIAL = (
    VOCABULARY_END, "<|startoftranscript|>", "<|en|>", "<|ko|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>",
    "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
)  # fmt: skip
NO_TEXT = "<|no-text|>"
"""Stands for the empty token, which the vocabularies of models of many languages have: CTranslate2 knows them by it."""
TIMESTAMPS = tuple(f"<|{step * 0.02:.2f}|>" for step in range(1501))


def write_whisper(folder: Path, *, multilingual: bool) -> None:
    """Write the files of a model into `folder`, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    tokens = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    if multilingual:
        tokens[tokens.index(NO_TEXT)] = ""
    spec = WhisperSpec(2, HEADS, 2, HEADS)
    _fill(spec, len(tokens))
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [tokens.index(VOCABULARY_END)]
    spec.config.lang_ids = [tokens.index("<|en|>"), tokens.index("<|ko|>")]
    spec.config.alignment_heads = [(1, head) for head in range(HEADS)]
    spec.validate()
    spec.save(str(folder))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": 80}), encoding="utf-8")


def _tokenizer() -> Tokenizer:
    """One token for each byte, as in Whisper, and the special ones behind them."""
    names = [*sorted(pre_tokenizers.ByteLevel.alphabet()), NO_TEXT, *SPECIAL, *TIMESTAMPS]
    tokenizer = Tokenizer(BPE({name: number for number, name in enumerate(names)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([*SPECIAL, *TIMESTAMPS])
    return tokenizer


def _fill(spec: WhisperSpec, vocabulary: int) -> None:
    """Random weights of the right shapes."""
    random = np.random.default_rng(3)

    def values(*shape: int) -> npt.NDArray[np.float32]:
        return random.normal(0, 0.3, shape).astype(np.float32)

    def linear(layer: Any, out: int, into: int) -> None:
        layer.weight, layer.bias = values(out, into), values(out)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def attention(layer: Any, shapes: tuple[int, ...]) -> None:
        norm(layer.layer_norm)
        for each, out in zip(layer.linear, shapes, strict=True):
            linear(each, out, WIDTH)

    encoder, decoder = spec.encoder, spec.decoder
    for conv, into in ((encoder.conv1, 80), (encoder.conv2, WIDTH)):
        conv.weight, conv.bias = values(WIDTH, into, 3), values(WIDTH)
    for half, length in ((encoder, 1500), (decoder, 448)):
        half.position_encodings.encodings = values(length, WIDTH)
        norm(half.layer_norm)
        for layer in half.layer:
            attention(layer.self_attention, (3 * WIDTH, WIDTH))
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, 4 * WIDTH, WIDTH)
            linear(layer.ffn.linear_1, WIDTH, 4 * WIDTH)
    for layer in decoder.layer:
        attention(layer.attention, (WIDTH, 2 * WIDTH, WIDTH))
    decoder.position_encodings.encodings *= 20  # so that it does not repeat itself
    decoder.embeddings.weight = decoder.projection.weight = values(vocabulary, WIDTH)
