"""CMU PocketSphinx with the English model out of its wheel, told to expect the words of a job.

Every term of the vocabulary becomes a word of its own in the dictionary, said like its parts one after another, and a
unigram of the language model; so a phrase costs as much as one frequent word where it would have cost several rare
ones in a row. Nothing else changes: what is not in the vocabulary is heard as before.
The library holds Python's lock while it decodes: use it in a process of its own (`infra.models.apart`). Not safe to
share between threads.
"""

import re
from collections.abc import Iterator

import numpy as np
from pocketsphinx import Decoder, NGramModel, Segment

from infra.models.pronunciation import Pronunciations, read_dictionary
from infra.models.registry import MODELS, check, model, read
from infra.models.transcriber import RATE, can_hold_words
from schemas.ids import new_segment_id
from schemas.language import Language
from schemas.media import MICROSECONDS, Floats, SessionTime
from schemas.speech import TranscriptSegment, Vocabulary, Word, WordsFrom

PREFIX = "pocketsphinx-"
"""Of the names of its files in the registry."""
LANGUAGE_MODEL, DICTIONARY, ACOUSTIC = (model(PREFIX + name) for name in ("language", "dictionary", "means"))
NAME = f"pocketsphinx/{LANGUAGE_MODEL.version} en-us/1"
LANGUAGES: tuple[Language, ...] = ("en",)
"""The wheel carries no other model."""
WEIGHT = 5.0
"""Times the probability of a word if all words were as probable, for each term; chosen on the answers of one job,
where anything from 0.1 to 30 does about as well (`bench/words.py`)."""
FRAME = 0.01
"""Seconds."""

_SEARCH = "job"
_OTHER_WAY = re.compile(r"\(\d+\)$")
_NO_WORD = re.compile(r"^[<\[+]")
"""Silence, noise and the ends of a sentence, as the model names them."""


class PocketSphinx:
    """The loaded recogniser. In a language that it does not know, nothing is loaded, and no words are made up."""

    source: WordsFrom = "pocketsphinx"
    name = NAME

    def __init__(self, vocabulary: Vocabulary, weight: float = WEIGHT) -> None:
        """Raises `Misconfigured` where a file of the model is missing or altered."""
        self._language = vocabulary.language
        self._decoder = self._open(vocabulary, weight) if self._language in LANGUAGES else None

    @property
    def languages(self) -> tuple[Language, ...]:
        """See `Transcriber`."""
        return LANGUAGES

    def transcribe(self, samples: Floats, at: SessionTime) -> TranscriptSegment | None:
        """See `Transcriber`."""
        end = SessionTime(at + round(len(samples) * MICROSECONDS / RATE))
        if self._decoder is None:
            return self._segment(at, end, ())
        if not can_hold_words(samples):
            return None
        words = tuple(word for found in _decode(self._decoder, samples) for word in self._words(found, at))
        return self._segment(at, end, words) if words else None

    def close(self) -> None:
        """See `Transcriber`."""
        self._decoder = None

    def _open(self, vocabulary: Vocabulary, weight: float) -> Decoder:
        for each in MODELS:
            if each.name.startswith(PREFIX):
                check(each)
        decoder = Decoder(
            hmm=str(ACOUSTIC.path.parent), dict=str(DICTIONARY.path), lm=None, samprate=float(RATE), loglevel="FATAL"
        )
        language_model = NGramModel(decoder.config, decoder.logmath, str(LANGUAGE_MODEL.path))
        said = Pronunciations(read_dictionary(read(DICTIONARY).decode().splitlines()))
        self._terms: dict[str, list[tuple[str, int]]] = {}
        """Words of each term and how many phones they are said with, by its name in the decoder."""
        for term in vocabulary.terms:
            name = "_".join(term.lower().split()) + "_"
            phones = [said.say(word) for word in term.split()]
            if name in self._terms or not all(phones):
                continue
            self._terms[name] = [(w, len(p.split())) for w, p in zip(term.split(), phones, strict=True) if p]
            decoder.add_word(name, " ".join(filter(None, phones)), False)
            language_model.add_word(name, weight)
        decoder.add_lm(_SEARCH, language_model)
        decoder.activate_search(_SEARCH)
        return decoder

    def _words(self, found: Segment, at: SessionTime) -> Iterator[Word]:
        """The words of one entry of the dictionary; those of a term share its time by their phones."""
        name = _OTHER_WAY.sub("", found.word)
        parts = self._terms.get(name, [(name, 1)])
        start, total = float(found.start_frame), sum(phones for _, phones in parts)
        for text, phones in parts:
            end = start + (found.end_frame + 1 - found.start_frame) * phones / total
            yield Word(text, _time(at, start), _time(at, end), min(max(float(found.prob), 0.0), 1.0))
            start = end

    def _segment(self, start: SessionTime, end: SessionTime, words: tuple[Word, ...]) -> TranscriptSegment:
        return TranscriptSegment(
            id=new_segment_id(),
            start=start,
            end=end,
            text=" ".join(word.text for word in words),
            words=words,
            confidence=sum(word.confidence for word in words) / len(words) if words else 0.0,
            language=self._language,
            source=self.source,
            recogniser=self.name,
            problem=None if self._decoder is not None else "language",
        )


def _decode(decoder: Decoder, samples: Floats) -> list[Segment]:
    sound = np.asarray(np.clip(np.rint(samples * 32_768), -32_768, 32_767), dtype=np.int16)
    decoder.start_utt()
    decoder.process_raw(sound.tobytes(), no_search=False, full_utt=True)
    decoder.end_utt()
    if decoder.hyp() is None:
        return []
    return [found for found in decoder.seg() if not _NO_WORD.match(found.word)]


def _time(at: SessionTime, frame: float) -> SessionTime:
    return SessionTime(at + round(frame * FRAME * MICROSECONDS))
