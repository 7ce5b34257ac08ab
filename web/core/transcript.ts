import type { AnswerView, InterviewView, ParticipantView, SegmentView } from "./wire.generated";

/** Below this the recogniser itself holds its words for more likely wrong than right. */
const LOW = 0.5;

export type Problem = NonNullable<SegmentView["problem"]>;

/** A stretch of an answer that is shown in one way. */
export type Passage = { kind: "sure" | "low"; text: string } | { kind: "problem"; problem: Problem };

/** One answer as a transcript shows it. */
export interface Entry {
  id: string;
  participant: string;
  label: string;
  /** Session time, microseconds. */
  startUs: number;
  typed: boolean;
  /** It is being given. */
  going: boolean;
  /** The sound was lost before it was over. */
  lost: boolean;
  passages: Passage[];
}

/** Answers by participant, then by id. */
export type Answers = Readonly<Record<string, ParticipantView["answers"]>>;

/** `kept` with what `view` holds: the view forgets all but the newest answers, a screen does not. Who is not in it is gone. */
export function keep(kept: Answers, view: InterviewView): Answers {
  return Object.fromEntries(
    Object.entries(view.participants).map(([participant, { answers }]) => [
      participant,
      { ...kept[participant], ...answers },
    ]),
  );
}

/** The transcript of `answers`, the oldest first; `of` leaves out everybody else. */
export function entries(answers: Answers, view: InterviewView, of: string | null = null): Entry[] {
  return Object.entries(view.participants)
    .filter(([participant]) => of === null || participant === of)
    .flatMap(([participant, { label }]) =>
      Object.entries(answers[participant] ?? {}).map(([id, answer]) => entry(id, participant, label, answer)),
    )
    .sort((one, other) => one.startUs - other.startUs || one.id.localeCompare(other.id));
}

function entry(id: string, participant: string, label: string, answer: AnswerView): Entry {
  const segments = Object.values(answer.segments).sort((one, other) => one.start - other.start);
  return {
    id,
    participant,
    label,
    startUs: answer.start,
    typed: segments.some(({ source }) => source === "typed"),
    going: answer.end == null,
    lost: answer.ended === "lost",
    passages: joined(segments.map(passage)),
  };
}

function passage({ text, confidence, problem }: SegmentView): Passage {
  if (problem != null) return { kind: "problem", problem };
  return { kind: confidence < LOW ? "low" : "sure", text };
}

/** Neighbours that are shown in the same way as one. */
function joined(passages: readonly Passage[]): Passage[] {
  const found: Passage[] = [];
  for (const next of passages) {
    const last = found.at(-1);
    if (last?.kind === "problem" && next.kind === "problem" && last.problem === next.problem) continue;
    if (last !== undefined && last.kind !== "problem" && last.kind === next.kind) {
      found[found.length - 1] = { kind: last.kind, text: `${last.text} ${next.text}` };
    } else {
      found.push(next);
    }
  }
  return found;
}

/** Whether there is, or may be, anything to show. */
export function hasTranscript({ asked, participants }: InterviewView): boolean {
  return asked.includes("transcript") || Object.values(participants).some(({ answers }) => Object.keys(answers).length > 0);
}

/** The recognisers that `answers` were heard by. */
export function recognisers(answers: Answers): Set<SegmentView["source"]> {
  const all = Object.values(answers).flatMap((each) => Object.values(each));
  return new Set(all.flatMap(({ segments }) => Object.values(segments).map(({ source }) => source)));
}
