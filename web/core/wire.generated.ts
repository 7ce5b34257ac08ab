// Written by `npm run types` from schemas/wire.py and its neighbours; do not edit.

export type ClientSignal = Hello | Description | Candidate | TypedAnswer | Bye;
export type ReplayCommand = Seek | Play | Pause;
export type ReplayMessage = Snapshot | Change | Playhead | ProblemSignal;
export type ScreenMessage = Snapshot | Change | LiveSight | ProblemSignal;
export type ServerSignal =
  | Welcome
  | Description
  | Candidate
  | PeerJoined
  | PeerLeft
  | Reoffer
  | ConsentChanged
  | AnswerReceipt
  | Replaced
  | Ended
  | ProblemSignal;

/**
 * How old a face looks and how people would call it, by all pictures so far.
 */
export interface AgeGenderValues {
  years: number;
  spread: number;
  female: number;
  pictures: number;
}
/**
 * What became of a typed answer.
 */
export interface AnswerReceipt {
  type: "answer-receipt";
  id: string;
  problem: Problem | null;
}
/**
 * An error for a client (RFC 9457).
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  retryable: boolean;
}
/**
 * An answer as it is known.
 */
export interface AnswerView {
  start: number;
  end?: number | null;
  ended?: ("silence" | "asked-on" | "stopped" | "lost") | null;
  segments: {
    [k: string]: SegmentView;
  };
}
/**
 * A stretch of an answer as text; see `schemas.answers.SegmentTranscribed`.
 */
export interface SegmentView {
  start: number;
  end: number;
  text: string;
  confidence: number;
  source: "pocketsphinx" | "faster-whisper" | "typed";
  problem?: ("no-words" | "language" | "dropped" | "failed") | null;
}
/**
 * `GET /api/v1/interviews/{id}/answers`: every answer that is recorded, by participant.
 */
export interface AnswersResponse {
  participants: {
    [k: string]: {
      [k: string]: AnswerView;
    };
  };
}
/**
 * One thing said in both languages, each written for its readers and not word for word.
 */
export interface Bilingual {
  en: string;
  ko: string;
}
/**
 * The client leaves on purpose.
 */
export interface Bye {
  type: "bye";
}
/**
 * An ICE candidate (None: there are no more).
 */
export interface Candidate {
  type: "candidate";
  peer: string;
  candidate: string | null;
  sdp_mid?: string | null;
  sdp_m_line_index?: number | null;
}
/**
 * What changed: an RFC 7396 merge patch against the view at position `after`.
 */
export interface Change {
  type: "change";
  after: number;
  position: number;
  patch: {
    [k: string]: unknown;
  };
}
/**
 * First message of a client on either WebSocket.
 */
export interface Hello {
  type: "hello";
  token: string;
  claim: string;
}
/**
 * An SDP offer or answer; the server rewrites `peer` from addressee to sender.
 */
export interface Description {
  type: "description";
  peer: string;
  kind: "offer" | "answer" | "rollback";
  sdp: string;
}
/**
 * An answer that the applicant typed instead of saying it.
 */
export interface TypedAnswer {
  type: "typed-answer";
  id: string;
  text: string;
  seconds: number;
  language: "en" | "ko";
}
/**
 * What the applicant agreed to has changed; what they do not agree to is to be sent no longer.
 */
export interface ConsentChanged {
  type: "consent-changed";
  purposes: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
}
/**
 * One purpose, in words.
 */
export interface ConsentItem {
  purpose:
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion";
  sentence: string;
  needs:
    | (
        | "recording"
        | "transcript"
        | "follow-ups"
        | "answer-scoring"
        | "visual-signals"
        | "facial-expression"
        | "age-and-gender"
        | "voice-signals"
        | "voice-emotion"
      )
    | null;
}
/**
 * `POST /api/v1/consent`.
 */
export interface ConsentRequest {
  token: string;
  claim: string;
  text_version: string;
  language: "en" | "ko";
  purposes: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
}
/**
 * What an applicant is asked: each item by itself, each refusable.
 */
export interface ConsentText {
  version: string;
  language: "en" | "ko";
  sentence: string;
  items: ConsentItem[];
}
/**
 * `POST /api/v1/interviews` (bearer: host key).
 */
export interface CreateInterviewRequest {
  title: string;
  profile: "research" | "standard" | "eu" | "us-il" | "us-nyc" | "kr" | "blind";
  switched_on: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
  job?: string | null;
  language: "en" | "ko";
}
/**
 * The interview is over.
 */
export interface Ended {
  type: "ended";
}
/**
 * Means over the pictures of a second that were judged; see `schemas.observation.Expressions`.
 */
export interface ExpressionSecond {
  pictures: number;
  confidence: number;
  neutral: number;
  joy: number;
  sadness: number;
  anger: number;
  surprise: number;
  fear: number;
}
/**
 * What hands did in one second; see `schemas.body`. Shares are 0..1.
 */
export interface HandsSecond {
  pictures: number;
  confidence: number;
  left_visible?: number | null;
  right_visible?: number | null;
  at_face?: number | null;
  gestures: {
    [k: string]: number;
  };
  gesture_rate?: number | null;
  problem?: string | null;
}
/**
 * A STUN or TURN server (RFC 8825).
 */
export interface IceServer {
  urls: string[];
  username?: string | null;
  credential?: string | null;
}
/**
 * The new interview with the interviewer's and the first applicant's links.
 */
export interface InterviewCreatedResponse {
  interview: string;
  links: Link[];
}
/**
 * A link to hand to one person.
 */
export interface Link {
  participant: string;
  label: string;
  role: "interviewer" | "applicant";
  url: string;
  expires_at_us: number;
}
/**
 * One line of the list of interviews.
 */
export interface InterviewSummary {
  interview: string;
  title: string;
  source: "live" | "file";
  status: "open" | "ended";
  job?: string | null;
  language: "en" | "ko";
  epoch_us: number;
  applicants: number;
  seconds: number;
}
/**
 * One interview, as its interviewer's screen needs it.
 */
export interface InterviewView {
  interview: string;
  title: string;
  source: "live" | "file";
  job?: string | null;
  language: "en" | "ko";
  profile: "research" | "standard" | "eu" | "us-il" | "us-nyc" | "kr" | "blind";
  asked: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
  status: "open" | "ended";
  epoch_us: number;
  ended_at_us?: number | null;
  participants: {
    [k: string]: ParticipantView;
  };
}
/**
 * One seat.
 */
export interface ParticipantView {
  role: "interviewer" | "applicant";
  label: string;
  presence: "invited" | "present" | "left" | "vanished";
  claimed: boolean;
  purposes: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
  stream: ("video" | "audio")[];
  calibrated: boolean;
  seconds_seen: number;
  seconds_heard: number;
  frames_dropped: number;
  sight: {
    [k: string]: SightSecond;
  };
  prosody: {
    [k: string]: ProsodySecond;
  };
  expression: {
    [k: string]: ExpressionSecond;
  };
  posture: {
    [k: string]: PostureSecond;
  };
  hands: {
    [k: string]: HandsSecond;
  };
  voice_emotion: {
    [k: string]: VoiceEmotionSecond;
  };
  age_gender?: AgeGenderValues | null;
  answers: {
    [k: string]: AnswerView;
  };
}
/**
 * What was seen in one second. Angles are medians in degrees; what was not measured is None.
 */
export interface SightSecond {
  frames: number;
  dropped: number;
  presence: number;
  confidence: number;
  yaw?: number | null;
  pitch?: number | null;
  roll?: number | null;
  gaze_horizontal?: number | null;
  gaze_vertical?: number | null;
  gaze_confidence?: number | null;
  toward_screen?: number | null;
  eye_openness?: number | null;
  blinks?: number | null;
  blink_rate?: number | null;
  mouth_moves?: number | null;
  problem?: string | null;
}
/**
 * How somebody sounded in one second. What could not be measured is None.
 */
export interface ProsodySecond {
  loudness: number;
  clipped: number;
  heard: number;
  loudness_above_usual?: number | null;
  speech?: number | null;
  speech_confidence?: number | null;
  pitch?: number | null;
  pitch_low?: number | null;
  pitch_high?: number | null;
  pitch_above_usual?: number | null;
  pitch_confidence?: number | null;
  contour: (number | null)[];
  rate?: number | null;
  rate_confidence?: number | null;
  pauses: number[];
  jitter?: number | null;
  shimmer?: number | null;
  harmonicity?: number | null;
  usual_known: boolean;
  problem?: string | null;
}
/**
 * How somebody sat and moved in one second; see `schemas.body`. Angles in degrees, lengths in shoulder widths.
 */
export interface PostureSecond {
  pictures: number;
  presence: number;
  confidence: number;
  shoulder_tilt?: number | null;
  head_lean?: number | null;
  torso_lean?: number | null;
  distance?: number | null;
  slouch?: number | null;
  drop?: number | null;
  torso_movement?: number | null;
  arm_movement?: number | null;
  fidgeting?: number | null;
  problem?: string | null;
}
/**
 * One second in the words of the nine-emotion map; not what a person feels.
 */
export interface VoiceEmotionSecond {
  confidence: number;
  probabilities: {
    [k: string]: number;
  };
}
/**
 * `GET /api/v1/jobs`: a job group and its jobs, in the order of the catalogue.
 */
export interface JobGroupNames {
  id: string;
  name: Bilingual;
  jobs: JobName[];
}
/**
 * A job of the catalogue, as a page names it.
 */
export interface JobName {
  id: string;
  name: Bilingual;
}
/**
 * `POST /api/v1/join`: may this browser use this link? Claims the link where nobody has yet.
 */
export interface JoinRequest {
  token: string;
  claim: string;
  language: "en" | "ko";
}
/**
 * What the page needs before it connects.
 */
export interface JoinResponse {
  interview: string;
  participant: string;
  role: "interviewer" | "applicant";
  label: string;
  title: string;
  consent: ConsentText;
  consented: boolean;
  purposes: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
}
/**
 * What the camera sees of a participant right now; not recorded, may be lost.
 */
export interface LiveSight {
  type: "live-sight";
  participant: string;
  at_us: number;
  media_time: number;
  face: boolean;
  confidence: number;
  box: [number, number, number, number] | null;
  pose: [number, number, number] | null;
  gaze: [number, number] | null;
  toward_screen: boolean | null;
}
/**
 * How far a signal was from the truth where that was measured.
 */
export interface MeasuredError {
  said: Texts;
  page: string;
}
/**
 * The same in both languages.
 */
export interface Texts {
  en: string;
  ko: string;
}
/**
 * Stand still.
 */
export interface Pause {
  type: "pause";
}
/**
 * Another participant who is connected.
 */
export interface PeerInfo {
  participant: string;
  role: "interviewer" | "applicant";
  label: string;
}
/**
 * Another participant connected (again: any peer connection with them is to be made anew).
 */
export interface PeerJoined {
  type: "peer-joined";
  peer: PeerInfo;
}
/**
 * Another participant is gone.
 */
export interface PeerLeft {
  type: "peer-left";
  participant: string;
}
/**
 * Go on from here.
 */
export interface Play {
  type: "play";
  speed: number | null;
}
/**
 * Where the replay stands; told when it is asked for anything, and at its end.
 */
export interface Playhead {
  type: "playhead";
  at_us: number;
  until_us: number;
  playing: boolean;
  speed: number | null;
}
/**
 * What the client sent could not be done; the connection stays open where `fatal` is false.
 */
export interface ProblemSignal {
  type: "problem";
  problem: Problem;
  fatal: boolean;
}
/**
 * `GET /api/v1/policies`: what one profile says of the purposes that this version can serve.
 */
export interface ProfileRules {
  profile: "research" | "standard" | "eu" | "us-il" | "us-nyc" | "kr" | "blind";
  asks: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
  off: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
  never: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
  needs: {
    [k: string]:
      | "recording"
      | "transcript"
      | "follow-ups"
      | "answer-scoring"
      | "visual-signals"
      | "facial-expression"
      | "age-and-gender"
      | "voice-signals"
      | "voice-emotion";
  };
}
/**
 * The server's analysis peer lost its connection; make a whole new one and offer again.
 */
export interface Reoffer {
  type: "reoffer";
}
/**
 * The same participant connected elsewhere; this connection ends and shall not reconnect by itself.
 */
export interface Replaced {
  type: "replaced";
}
/**
 * Go to a moment.
 */
export interface Seek {
  type: "seek";
  at_us: number;
}
/**
 * The whole view, true up to `position`.
 */
export interface Snapshot {
  type: "snapshot";
  position: number;
  view: InterviewView;
}
/**
 * The client is connected.
 */
export interface Welcome {
  type: "welcome";
  participant: string;
  connection: string;
  role: "interviewer" | "applicant";
  title: string;
  epoch_us: number;
  server_time_us: number;
  ice_servers: IceServer[];
  peers: PeerInfo[];
}
/**
 * One signal: what it is, and what it is not.
 */
export interface SignalEntry {
  name: string;
  modality: "sight" | "posture" | "hands" | "prosody" | "expression" | "voice_emotion" | "age_gender";
  unit: Texts;
  low: number | null;
  high: number | null;
  title: Texts;
  is: Texts;
  is_not: Texts;
  error: MeasuredError | null;
}
/**
 * What was shown of one participant in some seconds: by modality, then by second (decimal digits).
 */
export interface SignalHistory {
  sight: {
    [k: string]: SightSecond;
  };
  posture: {
    [k: string]: PostureSecond;
  };
  hands: {
    [k: string]: HandsSecond;
  };
  prosody: {
    [k: string]: ProsodySecond;
  };
  expression: {
    [k: string]: ExpressionSecond;
  };
  voice_emotion: {
    [k: string]: VoiceEmotionSecond;
  };
}
/**
 * `GET /api/v1/interviews/{id}/signals`: what the record holds of the seconds asked for, both included.
 */
export interface SignalsResponse {
  from_second: number;
  to_second: number;
  participants: {
    [k: string]: SignalHistory;
  };
}
/**
 * `POST /api/v1/consent/withdraw`.
 */
export interface WithdrawRequest {
  token: string;
  claim: string;
  purposes: (
    | "recording"
    | "transcript"
    | "follow-ups"
    | "answer-scoring"
    | "visual-signals"
    | "facial-expression"
    | "age-and-gender"
    | "voice-signals"
    | "voice-emotion"
  )[];
}
