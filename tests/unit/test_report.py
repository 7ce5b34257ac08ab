"""The report is a projection of the record: an entry for every second, and plain words for what is missing."""

from api.analysis.report import Media, Report, Span, report
from schemas.events import Event, GazeCalibrated
from schemas.ids import InterviewId, ParticipantId
from schemas.signals import ProsodyObserved, SightObserved

WHO = ParticipantId("someone")
BOTH = Media(tracks=("video", "audio"), stated_seconds=4.0, read_seconds=4.0, damaged_packets=0)
CALIBRATED = GazeCalibrated(participant=WHO, horizontal=1.0, vertical=2.0, samples=75)


def saw(
    second: int, presence: float, *, frames: int = 15, yaw: float | None = None, toward: float | None = None
) -> Event:
    return SightObserved(
        participant=WHO,
        second=second,
        frames=frames,
        dropped=0,
        presence=presence,
        confidence=0.9,
        yaw=yaw,
        pitch=None,
        roll=None,
        gaze_horizontal=None,
        gaze_vertical=None,
        gaze_confidence=None,
        toward_screen=toward,
        problem=None,
        detector="face/1",
    )


def heard(second: int, loudness: float, seconds: float = 1.0) -> Event:
    return ProsodyObserved(
        participant=WHO, second=second, loudness=loudness, clipped=0.0, heard=seconds, detector="loudness/1"
    )


def reported(*events: Event, media: Media = BOTH, cut_off: bool = False) -> Report:
    return report(InterviewId("i"), media, cut_off, events)


def test_there_is_one_entry_for_every_second_also_where_nothing_was_seen() -> None:
    found = reported(saw(0, 1.0), heard(0, -20), saw(3, 0.0))
    assert [entry.second for entry in found.seconds] == [0, 1, 2, 3]
    assert [entry.sight is not None for entry in found.seconds] == [True, False, False, True]
    assert [entry.prosody is not None for entry in found.seconds] == [True, False, False, False]


def test_spans_are_runs_of_seconds_with_a_face() -> None:
    shares = [1.0, 1.0, 0.4, 0.0, 0.5, 1.0]
    found = reported(*(saw(second, share) for second, share in enumerate(shares)))
    assert found.summary.face_spans == (Span(first=0, last=1), Span(first=4, last=5))


def test_the_share_with_a_face_counts_pictures_and_not_seconds() -> None:
    assert reported(saw(0, 1.0, frames=15), saw(1, 0.0, frames=5)).summary.face == 0.75


def test_angles_are_those_of_the_seconds_in_which_they_were_measured() -> None:
    summary = reported(saw(0, 1.0, yaw=4), saw(1, 0.0), saw(2, 1.0, yaw=8)).summary
    assert (summary.yaw, summary.pitch) == (6.0, None)


def test_loudness_is_the_mean_of_power_over_what_was_heard() -> None:
    summary = reported(heard(0, -10), heard(1, -90, seconds=1.0)).summary
    assert summary.loudness is not None
    assert abs(summary.loudness + 13.01) < 0.01
    assert summary.heard_seconds == 2.0


def test_padding_at_the_end_makes_no_second() -> None:
    assert reported(saw(0, 1.0), heard(0, -20), heard(1, -60, seconds=0.03)).summary.seconds == 1


def test_calibration_and_the_share_towards_the_screen() -> None:
    summary = reported(saw(0, 1.0), CALIBRATED, saw(1, 1.0, toward=1.0), saw(2, 1.0, toward=0.5)).summary
    assert summary.resting_gaze is not None
    assert (summary.resting_gaze.horizontal, summary.toward_screen) == (1.0, 0.75)


def test_a_file_without_sound_is_said_to_have_none() -> None:
    media = BOTH.model_copy(update={"tracks": ("video",)})
    found = reported(saw(0, 1.0), CALIBRATED, media=media)
    assert found.notes == ("The file has no sound: nothing is said about the voice.",)
    assert (found.summary.loudness, found.detectors) == (None, {"sight": "face/1"})


def test_a_file_without_picture_is_said_to_have_none() -> None:
    media = BOTH.model_copy(update={"tracks": ("audio",)})
    found = reported(heard(0, -20), media=media)
    assert found.notes == ("The file has no picture: nothing is said about the face.",)
    assert (found.summary.face, found.detectors) == (None, {"prosody": "loudness/1"})


def test_damage_and_a_file_that_is_cut_off_are_said() -> None:
    media = BOTH.model_copy(update={"damaged_packets": 3, "stated_seconds": 60.0})
    notes = " ".join(reported(saw(0, 1.0), CALIBRATED, media=media, cut_off=True).notes)
    assert "states 60.0 s but ends after 4.0 s" in notes
    assert "3 packets are damaged" in notes


def test_no_face_and_no_calibration_are_said() -> None:
    assert reported(saw(0, 0.0)).notes == ("No face was seen.",)
    assert "resting gaze could not be learnt" in reported(saw(0, 1.0)).notes[0]


def test_a_report_survives_its_way_through_json() -> None:
    found = reported(saw(0, 1.0, yaw=3), CALIBRATED, heard(0, -20))
    assert Report.model_validate_json(found.model_dump_json()) == found


def test_a_record_without_observations_gives_an_empty_report() -> None:
    found = reported()
    assert (found.seconds, found.summary.seconds, found.summary.face) == ((), 0, None)
