"""The nine-emotion map against what actors were asked to play, beside an SVM on eGeMAPS.

Run: `python -m bench.voice_emotion`. Writes `bench/results/voice_emotion.md`.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import opensmile
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from actors.detectors import speech_rate, voice_emotion
from actors.detectors.baseline import Voice, deviation, voice_baseline, voice_of
from actors.detectors.loudness import loudness_of
from actors.detectors.pitch import PitchDetector, pitch_observation
from actors.detectors.sound import span_of
from bench.emodb import FOLDER, Clip, clips
from bench.page import Page
from schemas.media import AudioChunk, SessionTime
from schemas.observation import VoiceEmotion

MEANT: Mapping[str, frozenset[VoiceEmotion]] = {
    "anger": frozenset({"tension"}),
    "boredom": frozenset({"tiredness", "lethargy"}),
    "fear": frozenset({"anxiety"}),
    "happiness": frozenset({"joy", "excitement"}),
    "sadness": frozenset({"lethargy", "tiredness"}),
    "neutral": frozenset({"stability", "comfortable", "relaxation"}),
}
"""Which words of the map count as right for what was played. Disgust has none and is left out."""
LEVELS: Mapping[str, str] = {
    "anger": "high",
    "fear": "high",
    "happiness": "high",
    "neutral": "middle",
    "boredom": "low",
    "sadness": "low",
}
"""The arousal of what was played (Russell 1980)."""
HEARD_AS: Mapping[VoiceEmotion, str] = {
    "tension": "high",
    "anxiety": "high",
    "joy": "high",
    "excitement": "high",
    "stability": "middle",
    "comfortable": "middle",
    "relaxation": "middle",
    "tiredness": "low",
    "lethargy": "low",
}

Voices = Sequence[tuple[Clip, Voice]]
Others = Callable[[Clip, Voices], list[Voice]]
"""The voices that a clip's baseline is made of."""


def voices(of: Sequence[Clip]) -> Voices:
    """Each clip as the detectors hear it, without those that hold too little voice."""
    found = []
    for clip in of:
        chunk = AudioChunk(SessionTime(0), clip.rate, clip.samples)
        span = span_of(chunk)
        track = PitchDetector().track(span)
        rate = speech_rate.SpeechRateDetector().observe(span, track).rate
        voice = voice_of(pitch_observation(span, track), loudness_of(span).loudness, rate)
        if voice is not None:
            found.append((clip, voice))
    return found


def others(clip: Clip, of: Voices) -> list[Voice]:
    """All other clips of the speaker, whatever is played in them."""
    return [voice for other, voice in of if other.speaker == clip.speaker and other.name != clip.name]


def first(clip: Clip, of: Voices) -> list[Voice]:
    """The speaker's first half minute of voice, in the order of the clips' names, this clip left out."""
    seconds, taken = 0.0, []
    for voice in others(clip, of):
        if seconds < 30:
            taken.append(voice)
            seconds += voice.seconds
    return taken


def neutral(clip: Clip, of: Voices) -> list[Voice]:
    """The speaker's other neutral clips."""
    return [
        voice
        for other, voice in of
        if other.speaker == clip.speaker and other.name != clip.name and other.played == "neutral"
    ]


def mapped(of: Voices, baseline: Others, *, same_gain: bool) -> list[VoiceEmotion]:
    """The likeliest word of the map for each clip."""
    found: list[VoiceEmotion] = []
    for clip, voice in of:
        usual = voice_baseline(baseline(clip, of))
        assert usual is not None
        probabilities = voice_emotion.emotions(deviation(voice, usual, same_gain=same_gain))
        found.append(max(probabilities, key=lambda name: probabilities[name]))
    return found


def recall(right: Sequence[bool], played: Sequence[str]) -> float:
    """Unweighted mean of the recall of each class, in per cent."""
    return 100 * float(
        np.mean(
            [
                np.mean([good for good, one in zip(right, played, strict=True) if one == name])
                for name in sorted(set(played))
            ]
        )
    )


def by_speaker(right: Sequence[bool], of: Sequence[Clip]) -> str:
    """Unweighted recall of each speaker's clips: mean and range over the speakers."""
    each = []
    for speaker in sorted({clip.speaker for clip in of}):
        own = [(good, clip.played) for good, clip in zip(right, of, strict=True) if clip.speaker == speaker]
        each.append(recall([good for good, _ in own], [played for _, played in own]))
    return f"{np.mean(each):.1f} | {min(each):.0f} to {max(each):.0f}"


def ours_row(name: str, found: Sequence[VoiceEmotion], of: Sequence[Clip]) -> str:
    """One line: the map's word is among those meant; and whether high, middle and low are told apart."""
    words = [word in MEANT[clip.played] for word, clip in zip(found, of, strict=True)]
    levels = [HEARD_AS[word] == LEVELS[clip.played] for word, clip in zip(found, of, strict=True)]
    return f"| {name} | {by_speaker(words, of)} | {recall(levels, [LEVELS[clip.played] for clip in of]):.1f} |"


def egemaps(of: Sequence[Clip]) -> list[str]:
    """What a linear SVM on eGeMAPS functionals, trained on the other speakers, says was played."""
    smile = opensmile.Smile(opensmile.FeatureSet.eGeMAPSv02, opensmile.FeatureLevel.Functionals)
    features = np.concatenate([smile.process_signal(clip.samples / 32_768, clip.rate).to_numpy() for clip in of])
    model = make_pipeline(StandardScaler(), SVC(kernel="linear", C=0.1, class_weight="balanced"))
    speakers = [clip.speaker for clip in of]
    return list(
        cross_val_predict(model, features, [clip.played for clip in of], groups=speakers, cv=LeaveOneGroupOut())
    )


def svm_row(found: Sequence[str], of: Sequence[Clip]) -> str:
    """The SVM's line, judged as ours is: boredom for sadness counts, as the same words of the map stand for both."""
    words = [bool(MEANT[one] & MEANT[clip.played]) for one, clip in zip(found, of, strict=True)]
    levels = [LEVELS[one] == LEVELS[clip.played] for one, clip in zip(found, of, strict=True)]
    level = recall(levels, [LEVELS[clip.played] for clip in of])
    return f"| linear SVM on eGeMAPS, one speaker left out | {by_speaker(words, of)} | {level:.1f} |"


def confusion(found: Sequence[VoiceEmotion], of: Sequence[Clip]) -> str:
    """How often each word was said of each class, in per cent of the class."""
    lines = [
        "| played | " + " | ".join(voice_emotion.EMOTIONS) + " | right |",
        "|---|" + "---|" * (len(voice_emotion.EMOTIONS) + 1),
    ]
    for played, meant in MEANT.items():
        said = Counter(word for word, clip in zip(found, of, strict=True) if clip.played == played)
        shares = {word: 100 * said[word] / said.total() for word in voice_emotion.EMOTIONS}
        cells = [f"**{shares[w]:.0f}**" if w in meant else f"{shares[w]:.0f}" for w in shares]
        lines.append(f"| {played} | " + " | ".join(cells) + f" | {sum(shares[word] for word in meant):.0f} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, or say that nothing was."""
    page = Page("voice_emotion", "The nine-emotion map against played emotions", f"`{voice_emotion.NAME}`")
    all_clips = clips()
    if not all_clips:
        page.absent(FOLDER)
        return
    asked = [clip for clip in all_clips if clip.played in MEANT]
    heard = voices(asked)
    of = [clip for clip, _ in heard]
    found = mapped(heard, others, same_gain=False)
    peaks = [20 * np.log10(np.abs(clip.samples.astype(float)).max() / 32_768) for clip in of]
    chance = 100 * np.mean([len(words) for words in MEANT.values()]) / len(voice_emotion.EMOTIONS)
    page.say(
        "**What it is not.** It is no measurement of what a person feels. These are actors who were asked to overplay; "
        "people in interviews do not. It knows three numbers of a voice, none of which tells pleasant from unpleasant.",
        f"{len(of)} clips of two seconds by ten actors, six of the seven emotions (disgust has no word in the map); "
        f"{len(asked) - len(of)} with too little voice left out. The likeliest of the nine words is right when it is "
        "among those meant (bold below). *Recall*: unweighted over the six, for each speaker, then the mean and range "
        f"over speakers. Guessing one of nine words gives {chance:.1f}. *Level*: unweighted recall of high, middle and "
        "low arousal; guessing gives 33.3. The weights come from the literature and were not fitted to these clips.",
        f"**Loudness cannot be judged here**: most clips were raised to the same peak (median {np.median(peaks):.2f} "
        f"dBFS, a tenth below {np.percentile(peaks, 10):.2f}), so that what was played loudest does not measure "
        "loudest. The map is therefore given pitch and rate alone, as it must be on a line with automatic gain; the "
        "line with loudness shows what a false loudness does. How well the map does with a true one is not measured.",
        "\n".join(
            [
                "| | recall % | range | level % |",
                "|---|---|---|---|",
                ours_row("the map without loudness; baseline: all other clips of the speaker", found, of),
                ours_row(
                    "the map without loudness; baseline: the speaker's first half minute",
                    mapped(heard, first, same_gain=False),
                    of,
                ),
                ours_row(
                    "the map without loudness; baseline: the speaker's other neutral clips",
                    mapped(heard, neutral, same_gain=False),
                    of,
                ),
                ours_row(
                    "the map with the clips' loudness; baseline: all other clips",
                    mapped(heard, others, same_gain=True),
                    of,
                ),
                svm_row(egemaps(of), of),
            ]
        ),
        "Without loudness, with all other clips as baseline, in per cent of what was played:",
        confusion(found, of),
    )
    page.write()


if __name__ == "__main__":
    main()
