"""Speech in noise, unprocessed, with ours and with others' noise suppression; and whether pitch and speech are found.

Run: `python -m bench.enhancement`. Writes `bench/results/enhancement.md`. PESQ is measured where the package `pesq` is
installed (`pip install pesq==0.0.4`; it is compiled on the spot, so it is not among the development tools).
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from actors.detectors.enhancement import SpanEnhancer
from actors.detectors.pitch import STEP, PitchDetector
from actors.detectors.sound import SoundStream
from actors.detectors.span import RATE, Span
from actors.detectors.voice_activity import VoiceActivityDetector
from bench import emodb, pitch, speech_rate, voice_activity
from bench.page import DATA, Page, met
from bench.voices import corpora
from bench.voices.measures import aligned, heard_quality, intelligibility, si_snr
from bench.voices.rivals import RIVALS, Rival, ours
from bench.voices.trial import Trial, noises_for, trial
from infra.models.enhancement import WEIGHT
from schemas.media import AudioChunk, Floats, SessionTime

RATIOS = (0.0, 5.0, 10.0, 20.0)
"""Speech to noise, dB."""
AIM = 5.0
"""Decibels of SI-SNR to be gained at 5 dB."""
SENTENCES = 4
"""Of each speaker, for quality; pitch is measured on all that have a reference."""
RAW, OURS = list(RIVALS)[:2]
NOISES = ("noise3", "noise5", "babble", "rain")
PIECE = 320
"""Samples of one piece of sound, 20 ms."""
Scores = dict[str, list[tuple[float, float, float]]]
"""SI-SNR, PESQ and STOI of each trial, by rival."""


def trials(part: corpora.Part, ratio: float | None, room: str | None = None) -> list[Trial]:
    """All sentences for quality in all noises."""
    return [
        trial(part, speaker, number, noise, ratio, room=room)
        for speaker in part.speech
        for number in range(SENTENCES)
        for noise in (noises_for(part, speaker) if ratio is not None else ("none",))
    ]


def scores(of: Sequence[Trial]) -> Scores:
    """What every rival makes of every trial."""

    def of_one(one: Trial, rival: Rival) -> tuple[float, float, float]:
        found = aligned(rival(one.noisy), one.clean)
        return si_snr(found, one.clean), heard_quality(found, one.clean), intelligibility(found, one.clean)

    return {name: [of_one(one, rival) for one in of] for name, rival in RIVALS.items()}


def cost(rival: Rival, of: Sequence[Trial]) -> float:
    """Milliseconds of CPU time per second of sound, in one stream."""
    stream = np.concatenate([one.noisy for one in of])
    start = time.process_time()
    rival(stream)
    return 1000 * (time.process_time() - start) / (len(stream) / RATE)


def spans(samples: Floats, clean: bool) -> list[Span]:
    """The seconds of a stream in pieces of 20 ms, cleaned or as they are."""
    stream, enhancer = SoundStream(), SpanEnhancer()
    whole = np.asarray(np.clip(np.rint(samples * 32_768), -32_768, 32_767), dtype=np.int16)
    found: list[Span] = []
    for first in range(0, len(whole), PIECE):
        at = SessionTime(round(first / RATE * 1e6))
        found += stream.push(AudioChunk(at, RATE, whole[first : first + PIECE]))
    found += stream.close()
    return [enhancer.clean(span) for span in found] if clean else found


def pitch_errors(part: corpora.Part, ratio: float | None, noise: str, clean: bool) -> tuple[float, float]:
    """Gross and voicing error (%) of our pitch over all sentences with a reference."""
    of = pitch.sentences()
    estimates = []
    for one in of:
        detector = PitchDetector()
        speaker, number = one.name[:2], int(one.name[2:]) - 1
        found = spans(trial(part, speaker, number, noise, ratio).noisy, clean)
        frequency = np.nan_to_num(np.concatenate([detector.track(span).frequency for span in found]))
        estimates.append(pitch.at_reference(frequency, STEP, 0.0, len(one.reference)))
    return pitch.errors(estimates, of)


def speech_found(excerpts: Sequence[voice_activity.Excerpt], added: Floats, ratio: float | None, clean: bool) -> float:
    """F1 (%) of voice activity in meetings with a noise that is `ratio` dB below their speech."""
    flags = []
    for one in excerpts:
        spoken = np.repeat(one.speech, round(voice_activity.FRAME * RATE))
        samples = np.asarray(one.samples[: len(spoken)], dtype=np.float64)
        if ratio is not None:
            noise = np.take(added, np.arange(len(samples)), mode="wrap")
            power = np.mean(samples[spoken] ** 2) / np.mean(noise**2)
            samples = samples + noise * np.sqrt(power) * 10 ** (-ratio / 20)
        detector = VoiceActivityDetector()
        seen = [detector.observe(span) for span in spans(samples, clean)]
        seconds = [(start / 1e6, end / 1e6) for each in seen for start, end in each.segments]
        flags.append(voice_activity.flags(seconds, len(one.samples)))
    return voice_activity.score(flags, excerpts)[0]


def count_error(part: corpora.Part, ratio: float | None, noise: str, clean: bool) -> float:
    """Mean error (%) of the count of syllables in clips of the two Berlin speakers that nothing was learnt from."""
    of = [clip for clip in emodb.clips() if clip.speaker in corpora.CHOOSE_SPEAKERS]
    off = []
    for number, clip in enumerate(of):
        marks = emodb.syllables(clip)
        if marks is None:
            continue
        samples = clip.samples / 32_768
        if ratio is not None:
            added = noises_for(part, "")[noise](np.random.default_rng(number), len(samples))
            samples = samples + added * np.sqrt(np.mean(samples**2) / np.mean(added**2)) * 10 ** (-ratio / 20)
        heard = ours(samples) if clean else samples
        off.append(abs(len(speech_rate.ours(replace(clip, samples=heard * 32_768))) / marks.count - 1))
    return 100 * float(np.mean(off))


def quality_table(of: dict[float, Scores]) -> str:
    """One row per rival: SI-SNR gained, PESQ and STOI at each ratio."""
    lines = [
        "| | " + " | ".join(f"{ratio:g} dB: gain | PESQ | STOI" for ratio in of) + " |",
        "|---" * (1 + 3 * len(of)) + "|",
    ]
    for name in RIVALS:
        cells = []
        for each in of.values():
            gain, quality, understood = np.array(each[name]), *np.mean(np.array(each[name])[:, 1:], axis=0)
            cells += [_with_error(gain[:, 0] - np.array(each[RAW])[:, 0]), f"{quality:.2f}", f"{understood:.3f}"]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def split_table(of: Sequence[Trial], found: Scores) -> str:
    """SI-SNR gained by every rival, by noise and by speaker."""
    groups = [("noise", noise) for noise in NOISES] + [("speaker", name) for name in corpora.REPORT_SPEAKERS]
    lines = ["| | " + " | ".join(name for _, name in groups) + " |", "|---" * (1 + len(groups)) + "|"]
    raw = np.array(found[RAW])[:, 0]
    for name in list(RIVALS)[1:]:
        gain = np.array(found[name])[:, 0] - raw
        cells = [gain[[getattr(one, kind) == value for one in of]].mean() for kind, value in groups]
        lines.append(f"| {name} | " + " | ".join(f"{cell:+.1f}" for cell in cells) + " |")
    return "\n".join(lines)


def quiet_table(of: Scores) -> str:
    """What every rival leaves of sound without noise."""
    lines = ["| | SI-SNR dB | PESQ | STOI |", "|---|---|---|---|"]
    for name, each in of.items():
        ratio, quality, understood = np.mean(each, axis=0)
        lines.append(f"| {name} | {ratio:.1f} | {quality:.2f} | {understood:.3f} |")
    return "\n".join(lines)


def quality_met(of: Iterable[Scores]) -> str:
    """Whether PESQ is better with ours than without everywhere, or that it was not measured."""
    pairs = [(np.mean(each[OURS], axis=0)[1], np.mean(each[RAW], axis=0)[1]) for each in of]
    return met(all(with_ours > raw for with_ours, raw in pairs)) if np.isfinite(pairs).all() else "not measured"


def _with_error(gains: Floats) -> str:
    """Mean and half the width of its 95 % interval."""
    return f"{gains.mean():+.2f} ± {1.96 * gains.std() / np.sqrt(len(gains)):.2f}"


def say_quality(page: Page, part: corpora.Part) -> None:
    """Nearness to the clean speech, at each ratio, in a room, and without noise."""
    of = {ratio: trials(part, ratio) for ratio in RATIOS}
    found = {ratio: scores(each) for ratio, each in of.items()}
    gain = float(np.mean(np.array(found[5.0][OURS])[:, 0] - np.array(found[5.0][RAW])[:, 0]))
    room, bare = trials(part, 5.0, "rir4"), trials(part, None)
    in_room, in_quiet = scores(room), scores(bare)
    page.say(
        f"## Nearness to the clean speech\n{len(of[5.0])} mixtures at each ratio: {SENTENCES} sentences of each of "
        f"{len(part.speech)} speakers in each of {len(NOISES)} noises. *Gain* is of SI-SNR in dB, ± half of its 95 % "
        "interval over mixtures.",
        quality_table(found),
        f"Aim, {AIM:g} dB gained at 5 dB: {met(gain >= AIM)} ({gain:.2f}). Aim, PESQ better than without at each "
        f"ratio: {quality_met(found.values())}.",
        "Gain at 5 dB by noise and by speaker:",
        split_table(of[5.0], found[5.0]),
        f"At 5 dB in a room that nothing was learnt in (`rir4`; what is to be found is the speech in that room): ours "
        f"{_with_error(np.array(in_room[OURS])[:, 0] - np.array(in_room[RAW])[:, 0])} dB.",
        "Without noise, nothing is to be gained. What is left of the sound:",
        quiet_table(in_quiet),
        "CPU time per second of sound, one thread: "
        + ", ".join(f"{name} {cost(rival, of[5.0][::2]):.1f} ms" for name, rival in list(RIVALS.items())[1:])
        + ".",
    )


def say_pitch(page: Page, part: corpora.Part) -> None:
    """Our pitch with and without."""
    lines = ["| speech to noise | noise | without: gross | voicing | with: gross | voicing |", "|---" * 6 + "|"]
    totals: dict[float | None, list[tuple[float, ...]]] = {}
    for ratio in (*RATIOS, None):
        for noise in NOISES if ratio is not None else ("none",):
            cells = (*pitch_errors(part, ratio, noise, clean=False), *pitch_errors(part, ratio, noise, clean=True))
            totals.setdefault(ratio, []).append(cells)
            label = "clean" if ratio is None else f"{ratio:g} dB"
            lines.append(f"| {label} | {noise} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |")
    means = {ratio: np.mean(cells, axis=0) for ratio, cells in totals.items()}
    better = {f"{ratio:g} dB": met(m[2] < m[0] and m[3] < m[1]) for ratio, m in means.items() if ratio is not None}
    page.say(
        "## Pitch\nOur detector on the 50 sentences of FDA-UE, as `bench/results/pitch.md` measures it, % of frames, "
        "on spans, of which those stay as they are from which next to nothing is to be taken.",
        "\n".join(lines),
        "Means over the noises: "
        + "; ".join(
            f"{'clean' if ratio is None else f'{ratio:g} dB'}: gross {m[0]:.2f} without, {m[2]:.2f} with, voicing "
            f"{m[1]:.2f} without, {m[3]:.2f} with"
            for ratio, m in means.items()
        )
        + ".",
        "Aim, both errors smaller than without: " + ", ".join(f"{key} {value}" for key, value in better.items()) + ".",
    )


def say_speech(page: Page, part: corpora.Part) -> None:
    """Our voice activity with and without."""
    excerpts = voice_activity.excerpts()
    lines = ["| speech to noise | noise | without: F1 % | with: F1 % |", "|---" * 4 + "|"]
    for ratio in (*RATIOS, None):
        for name in part.noises if ratio is not None else ("none",):
            added = part.noises[name] if ratio is not None else np.zeros(1)
            cells = [speech_found(excerpts, added, ratio, clean) for clean in (False, True)]
            label = "as recorded" if ratio is None else f"{ratio:g} dB"
            lines.append(f"| {label} | {name} | {cells[0]:.1f} | {cells[1]:.1f} |")
    page.say("## Voice activity\nOur detector on the AMI excerpts, with noise beside what they hold.", "\n".join(lines))


def say_rate(page: Page, part: corpora.Part) -> None:
    """Our count of syllables with and without."""
    lines = ["| speech to noise | noise | without: error % | with: error % |", "|---" * 4 + "|"]
    for ratio in (5.0, 20.0, None):
        for noise in ("noise3", "noise5", "rain") if ratio is not None else ("none",):
            cells = [count_error(part, ratio, noise, clean) for clean in (False, True)]
            label = "clean" if ratio is None else f"{ratio:g} dB"
            lines.append(f"| {label} | {noise} | {cells[0]:.1f} | {cells[1]:.1f} |")
    page.say(
        "## Syllables\nThe mean error of each clip's count, as `bench/results/speech_rate.md` measures it, in clips "
        "of the two Berlin speakers that the network was chosen by and did not learn from.",
        "\n".join(lines),
    )


def main() -> None:
    """Measure, or say that nothing was."""
    page = Page("enhancement", "Noise taken from speech", f"`enhancement/{WEIGHT.version}`")
    if not (DATA / "noise").is_dir():
        page.absent(DATA / "noise")
        return
    part = corpora.report()
    page.say(
        "English sentences of four speakers (two of FDA-UE, two who read SpeechBrain's sentences), in two recorded "
        "noises (`noise3`, `noise5`), babble of the other three, and rain made from chance. The network learnt from "
        "and was chosen on none of these voices and recordings, nor on rain; of babble it knows the kind, not the "
        "voices. Others are shifted to where they fit best before they are measured, ours is not late. Noises are as "
        "far below the sentence as said, over its whole length. WebRTC's also filters out what lies below a voice, "
        "which shifts phases: SI-SNR counts that as error, PESQ does not.",
    )
    say_quality(page, part)
    say_pitch(page, part)
    say_speech(page, part)
    say_rate(page, part)
    page.write()


if __name__ == "__main__":
    main()
