import { Cell } from "./cell";
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

/** How many answers a view holds per participant (`schemas/views.py`). */
const HELD = 5;

/** All answers that a screen was told of, and what is to be shown of them beside a view. */
export class Transcript {
  readonly answers = new Cell<Answers>({});
  /** The answers that the views hold no longer could not be loaded. */
  readonly missing = new Cell(false);
  readonly #load: () => Promise<Answers>;
  #known: Answers = {};
  #view: InterviewView | null = null;
  #asked = false;

  constructor(load: () => Promise<Answers>) {
    this.#load = load;
  }

  /** From now on `view` counts. The first one that is full has the earlier answers loaded. */
  show(view: InterviewView): void {
    this.#view = view;
    this.#know(Object.fromEntries(Object.entries(view.participants).map(([participant, { answers }]) => [participant, answers])));
    if (!this.#asked && Object.values(view.participants).some(isFull)) void this.ask();
  }

  /** Load the earlier answers. */
  async ask(): Promise<void> {
    this.#asked = true;
    this.missing.set(false);
    try {
      this.#know(both(await this.#load(), this.#known));
    } catch {
      this.missing.set(true);
    }
  }

  #know(answers: Answers): void {
    this.#known = both(this.#known, answers);
    if (this.#view !== null) this.answers.set(shown(this.#known, this.#view));
  }
}

/** What `view` shows, and of `known` what comes before the oldest of it; nothing of whom the view does not have. */
export function shown(known: Answers, view: InterviewView): Answers {
  return Object.fromEntries(
    Object.entries(view.participants).map(([participant, seat]) => {
      const oldest = isFull(seat) ? Math.min(...Object.values(seat.answers).map(({ start }) => start)) : 0;
      const before = Object.entries(known[participant] ?? {}).filter(([, { start }]) => start < oldest);
      return [participant, { ...Object.fromEntries(before), ...seat.answers }];
    }),
  );
}

function isFull({ answers }: ParticipantView): boolean {
  return Object.keys(answers).length >= HELD;
}

/** All answers of `older` and `newer`; where both have one, as `newer` has it. */
function both(older: Answers, newer: Answers): Answers {
  const participants = new Set([...Object.keys(older), ...Object.keys(newer)]);
  return Object.fromEntries([...participants].map((each) => [each, { ...older[each], ...newer[each] }]));
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
