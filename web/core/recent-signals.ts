import { Cell } from "./cell";
import { WINDOW_SECONDS, newestSecond } from "./series";
import type { InterviewView, ParticipantView, SignalHistory, SignalsResponse } from "./wire.generated";

const MODALITIES = ["sight", "posture", "hands", "prosody", "expression", "voice_emotion"] as const;
type Modality = (typeof MODALITIES)[number];
type Kept = ReadonlyMap<string, SignalHistory>;

/** Asks for what was recorded of some seconds, both included; with `byUs` as it was recorded by then. */
export type Load = (first: number, last: number, byUs: number | null) => Promise<SignalsResponse>;

export const NO_SIGNALS: SignalHistory = { sight: {}, posture: {}, hands: {}, prosody: {}, expression: {}, voice_emotion: {} };

/** The last two minutes of signals: a view tells of the newest seconds alone, so what it told is kept here. */
export class RecentSignals {
  readonly participants = new Cell<Kept>(new Map());
  readonly #load: Load;
  #view: InterviewView | null = null;
  #asked = 0;

  constructor(load: Load) {
    this.#load = load;
  }

  /** Keep what `view` shows. What it does not show any more, since it lies back, goes. */
  show(view: InterviewView): void {
    const before = this.#view;
    this.#view = view;
    const kept = new Map<string, SignalHistory>();
    for (const [participant, seat] of Object.entries(view.participants)) {
      const known = this.participants.value.get(participant) ?? NO_SIGNALS;
      kept.set(participant, carried(known, before?.participants[participant], seat));
    }
    this.participants.set(kept);
  }

  /** Ask for the two minutes before the newest second of the view. */
  async ask(byUs: number | null): Promise<void> {
    const last = newestOf(Object.values(this.#view?.participants ?? {}));
    const asked = ++this.#asked;
    if (last === null) return;
    let found: SignalsResponse;
    try {
      found = await this.#load(Math.max(0, last - WINDOW_SECONDS + 1), last, byUs);
    } catch {
      return; // What was before is missing from the plots until the next snapshot.
    }
    if (asked === this.#asked) this.#fill(found);
  }

  #fill({ participants }: SignalsResponse): void {
    const filled = new Map(this.participants.value);
    for (const [participant, found] of Object.entries(participants)) {
      const seat = this.#view?.participants[participant];
      if (seat !== undefined) filled.set(participant, merged(found, filled.get(participant) ?? NO_SIGNALS, seat));
    }
    this.participants.set(filled);
  }
}

/** `known` with what `seat` shows; a modality that did not change since `before` stays as it is. */
function carried(known: SignalHistory, before: ParticipantView | undefined, seat: ParticipantView): SignalHistory {
  if (before !== undefined && MODALITIES.every((modality) => before[modality] === seat[modality])) return known;
  return merged(known, seat, seat);
}

/** Both together, `newer` where both say something; within the two minutes that end with what `seat` shows. */
function merged(
  older: SignalHistory,
  newer: Pick<SignalHistory, Modality>,
  seat: Pick<SignalHistory, Modality>,
): SignalHistory {
  const last = newestOf([seat]) ?? -1;
  const within = <T>(modality: Modality, seconds: Record<string, T>): Record<string, T> => {
    const newest = newestSecond(seat[modality]) ?? -1;
    return Object.fromEntries(
      Object.entries(seconds).filter(([second]) => Number(second) > last - WINDOW_SECONDS && Number(second) <= newest),
    );
  };
  return {
    sight: within("sight", { ...older.sight, ...newer.sight }),
    posture: within("posture", { ...older.posture, ...newer.posture }),
    hands: within("hands", { ...older.hands, ...newer.hands }),
    prosody: within("prosody", { ...older.prosody, ...newer.prosody }),
    expression: within("expression", { ...older.expression, ...newer.expression }),
    voice_emotion: within("voice_emotion", { ...older.voice_emotion, ...newer.voice_emotion }),
  };
}

/** The newest second of any modality, null where there is none. */
export function newestOf(signals: readonly Pick<SignalHistory, Modality>[]): number | null {
  const found = signals.flatMap((each) => MODALITIES.map((modality) => newestSecond(each[modality]) ?? -1));
  const newest = Math.max(-1, ...found);
  return newest < 0 ? null : newest;
}
