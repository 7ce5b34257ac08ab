import type { InterviewView, ParticipantView, ProsodySecond, SightSecond } from "../wire.generated";

/** An applicant of whom nothing is recorded yet. */
export function seatWith(changed: Partial<ParticipantView>): ParticipantView {
  return {
    role: "applicant",
    label: "Applicant A",
    presence: "present",
    claimed: true,
    purposes: ["visual-signals", "voice-signals"],
    stream: ["video", "audio"],
    calibrated: true,
    seconds_seen: 0,
    seconds_heard: 0,
    frames_dropped: 0,
    sight: {},
    prosody: {},
    expression: {},
    posture: {},
    hands: {},
    voice_emotion: {},
    answers: {},
    ...changed,
  };
}

export function viewWith(changed: Partial<InterviewView>): InterviewView {
  return {
    interview: "i",
    title: "Data engineer",
    source: "live",
    language: "en",
    profile: "standard",
    asked: [],
    status: "open",
    epoch_us: 0,
    participants: {},
    ...changed,
  };
}

export function sightWith(changed: Partial<SightSecond>): SightSecond {
  return { frames: 15, dropped: 0, presence: 1, confidence: 0.9, ...changed };
}

export function prosodyWith(changed: Partial<ProsodySecond>): ProsodySecond {
  return { loudness: -30, clipped: 0, heard: 1, contour: [], pauses: [], usual_known: false, ...changed };
}
