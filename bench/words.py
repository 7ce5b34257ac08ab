"""Word error rate of each recogniser, clean and with noise, with and without the vocabulary of a job.

Run: `python -m bench.words`; with `INTACT_WHISPER` set to a folder of `intact models pull`, faster-whisper too. Needs
`flite` and `espeak-ng` on the PATH for the synthetic part. Writes `bench/results/words.md`.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

import jiwer
import psutil

from actors.detectors.span import RATE
from bench.page import Page
from bench.speech_sets import SPEECH, Sentence, commands, noisy, normalised, read_aloud, synthetic
from bench.spoken_answers import ANSWERS, CHOSEN_ON
from dialogue.catalog import documents
from dialogue.catalogue import Catalogue
from dialogue.vocabulary import vocabulary_of
from infra.models.apart import Apart
from infra.models.faster_whisper import FasterWhisper
from infra.models.pocketsphinx import NAME, WEIGHT, PocketSphinx
from infra.models.transcriber import Transcriber
from infra.models.whisper_folder import check_folder
from infra.settings import Settings
from schemas.media import SessionTime
from schemas.speech import Vocabulary

CONDITIONS: dict[str, float | None] = {"clean": None, "10 dB": 10.0, "5 dB": 5.0}
WEIGHTS = (0.1, 1.0, 5.0, 30.0, 200.0)
"""That were looked at."""
HEADING = [
    "| speech | recogniser | noise | vocabulary | word error rate % | terms heard | terms made up | CPU s per s |",
    "|---|---|---|---|---|---|---|---|",
]

Make = Callable[[Vocabulary], Transcriber]


@dataclass(frozen=True, slots=True)
class Score:
    """What came of a set."""

    error: float
    """Word error rate in per cent, over all words together."""
    heard: int
    said: int
    """Terms of the job that were said, and how many of them were heard."""
    made_up: int
    """Terms of the job that were heard where they were not said."""
    cost: float
    """Seconds of processor time per second of speech."""


def terms_of(job: str) -> tuple[str, ...]:
    """What a recogniser is told of a job: the English terms of all subtopics of its keyword trees."""
    return vocabulary_of(Catalogue.of(documents()).job(job), "en").terms


def occurring(terms: Sequence[str], text: str) -> set[str]:
    """Terms that are in a text as whole words."""
    return {term for term in map(normalised, terms) if f" {term} " in f" {text} "}


def score(recogniser: Transcriber, sentences: Sequence[Sentence], terms: Sequence[str]) -> Score:
    """Ask for each sentence as a whole."""
    begun = time.process_time()
    found = [recogniser.transcribe(sentence.samples, SessionTime(0)) for sentence in sentences]
    spent = time.process_time() - begun
    texts = [normalised(segment.text) if segment else "" for segment in found]
    said = [occurring(terms, sentence.words) for sentence in sentences]
    heard = [occurring(terms, text) for text in texts]
    return Score(
        error=100 * jiwer.wer([sentence.words for sentence in sentences], texts),
        heard=sum(len(a & b) for a, b in zip(said, heard, strict=True)),
        said=sum(map(len, said)),
        made_up=sum(len(b - a) for a, b in zip(said, heard, strict=True)),
        cost=spent / sum(len(sentence.samples) / RATE for sentence in sentences),
    )


def rows(name: str, sentences: Sequence[Sentence], job: str, at: Sequence[str]) -> list[str]:
    """Lines of the table: a set under some conditions, without and with the vocabulary of a job."""
    terms, found = terms_of(job), []
    for (label, make), told in product(recognisers().items(), (False, True)):
        recogniser = make(Vocabulary("en", terms if told else ()))
        for condition in at:
            it = score(recogniser, noisy(sentences, CONDITIONS[condition]), terms)
            found.append(
                f"| {name} | {label} | {condition} | {job if told else 'none'} | {it.error:.1f} "
                f"| {it.heard} of {it.said} | {it.made_up} | {it.cost:.2f} |"
            )
            print(found[-1], flush=True)
        recogniser.close()
    return found


def recognisers() -> dict[str, Make]:
    """What there is to measure, by its name."""
    found: dict[str, Make] = {"PocketSphinx": PocketSphinx}
    folder = Settings.load().whisper
    if folder is not None:
        found[f"faster-whisper {check_folder(folder).name}"] = partial(FasterWhisper, folder=folder)
    return found


def choosing() -> list[str]:
    """The weight of the vocabulary, on the answers that it was chosen on."""
    sentences, terms = synthetic(CHOSEN_ON, "flite"), terms_of(CHOSEN_ON)
    found = ["| weight | word error rate % | terms heard | terms made up |", "|---|---|---|---|"]
    for weight in (None, *WEIGHTS):
        told = Vocabulary("en", terms if weight is not None else ())
        it = score(PocketSphinx(told, weight or WEIGHT), sentences, terms)
        label = "no vocabulary" if weight is None else f"{weight:g}"
        found.append(f"| {label} | {it.error:.1f} | {it.heard} of {it.said} | {it.made_up} |")
    return found


def memory() -> float:
    """MB that belong to the process of one recogniser with a vocabulary alone."""
    before = set(psutil.Process().children())
    apart = Apart(partial(PocketSphinx, Vocabulary("en", terms_of(CHOSEN_ON))))
    apart.transcribe(synthetic(CHOSEN_ON, "flite")[0].samples, SessionTime(0))
    (process,) = set(psutil.Process().children()) - before
    own = process.memory_full_info().uss / 1e6
    apart.close()
    return float(own)


def main() -> None:
    """Measure, or say that nothing was."""
    page = Page("words", "Words", f"`{NAME}`")
    people = read_aloud()
    if not people:
        page.absent(SPEECH)
        return
    jobs = [job for job in ANSWERS if job != CHOSEN_ON]
    page.say(
        "A vocabulary is what a job's tree holds: the English terms of all subtopics of its keyword trees, and nothing "
        f"else; no question and no sentence was put in. {_counts(jobs)} *Terms heard* are "
        "those of the job that are in the sentence and in what was heard of it, *made up* those in what was heard "
        "alone. Sentences are given whole; case, punctuation and hyphens do not count. CPU is processor time per "
        "second of speech, one thread.",
        "**Read by people.** Kennedy's sentence (11 s) and the two of the twelve read sentences of which the data has "
        "the words (the other ten come without; one has a misprint, *tue*); four clips of GRID, six words each, which "
        "are commands and no sentences. 37 and 24 words: one more or less is 3 and 4 %. No term of the job is said in "
        "them: the vocabulary can only do harm here.",
        "\n".join(
            [
                *HEADING,
                *rows("sentences", people, jobs[0], list(CONDITIONS)),
                *rows("commands (GRID)", commands(), jobs[0], ["clean"]),
            ]
        ),
    )
    if synthetic(CHOSEN_ON, "flite"):
        _say_synthetic(page, jobs)
    else:
        page.say("**Synthetic answers**: not measured, `flite` is not there.")
    if len(recognisers()) == 1:
        page.say("faster-whisper: not measured, `INTACT_WHISPER` names no folder.")
    page.write()


def _say_synthetic(page: Page, jobs: Sequence[str]) -> None:
    first, *others = jobs
    spoken = rows(f"flite, {first}", synthetic(first, "flite"), first, list(CONDITIONS))
    for job in others:
        spoken += rows(f"flite, {job}", synthetic(job, "flite"), job, ["clean"])
        spoken += rows(f"espeak-ng, {job}", synthetic(job, "espeak-ng"), job, ["clean"])
    page.say(
        "**Synthetic.** Twelve answers for each job, written for this project and full of its terms "
        "(`bench/spoken_answers.py`), spoken by `flite` in three voices in turn. No person speaks so evenly: this "
        "shows what a vocabulary changes, not how well people are understood. `espeak-ng`, the same answers of one "
        "job, is hardly understood at all; the model was made for voices.",
        "\n".join([*HEADING, *spoken]),
        f"The weight of a term was chosen on twelve other answers (`{CHOSEN_ON}`, flite, clean), and nothing else was "
        f"chosen: {WEIGHT:g}. The rest of the recogniser is as it comes.",
        "\n".join(choosing()),
        f"One recogniser with a vocabulary, in a process of its own, keeps {memory():.0f} MB to itself.",
    )


def _counts(jobs: Sequence[str]) -> str:
    return " ".join(f"{job}: {len(terms_of(job))} terms." for job in jobs)


if __name__ == "__main__":
    main()
