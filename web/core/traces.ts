import { type Series, newestSecond, series } from "./series";
import type { ProsodySecond, SignalHistory } from "./wire.generated";

/** What a plot draws, and the person's own usual value beside it where that is known. */
export interface Trace extends Series {
  usual: number | null;
}

/** How much of a trace there is, in words for who does not see it. */
export interface Extent {
  /** Seconds, or parts of seconds, with a value. */
  measured: number;
  low: number;
  high: number;
}

/** How far back a value may lie to be shown as the present one, seconds. */
const PRESENT = 3;

export type Traced = (signals: SignalHistory, last: number) => Trace;

type Picked<M extends keyof SignalHistory> = (second: SignalHistory[M][string]) => number | null | undefined;

/** One value of each second of a modality. */
export function each<M extends keyof SignalHistory>(modality: M, pick: Picked<M>): Traced {
  return (signals, last) => ({
    ...series(signals[modality] as Record<string, SignalHistory[M][string]>, last, pick),
    usual: null,
  });
}

/** The contour of the voice in tenths of seconds, beside the person's usual pitch. */
export function contour({ prosody }: SignalHistory, last: number): Trace {
  const whole = series(prosody, last, ({ pitch }) => pitch);
  const seconds: number[] = [];
  const values: (number | null)[] = [];
  whole.seconds.forEach((second, index) => {
    const parts = prosody[String(second)]?.contour ?? [];
    const told = parts.length > 0 ? parts : [whole.values[index] ?? null];
    told.forEach((value, part) => {
      seconds.push(second + part / told.length);
      values.push(value);
    });
  });
  return { seconds, values, usual: usualPitch(prosody) };
}

/** Loudness beside the person's usual. */
export function loudness({ prosody }: SignalHistory, last: number): Trace {
  return { ...series(prosody, last, ({ loudness }) => loudness), usual: usualLoudness(prosody) };
}

/** The longest pause that ended in each second. */
export function pauses({ prosody }: SignalHistory, last: number): Trace {
  return { ...series(prosody, last, ({ pauses }) => (pauses.length > 0 ? Math.max(...pauses) : null)), usual: null };
}

/** Hz: what a value lies above the usual by, in semitones, says where the usual is. */
function usualPitch(prosody: Record<string, ProsodySecond>): number | null {
  return usual(prosody, ({ pitch, pitch_above_usual }) =>
    pitch == null || pitch_above_usual == null ? null : pitch / 2 ** (pitch_above_usual / 12),
  );
}

/** dBFS. */
function usualLoudness(prosody: Record<string, ProsodySecond>): number | null {
  return usual(prosody, ({ loudness, loudness_above_usual }) =>
    loudness_above_usual == null ? null : loudness - loudness_above_usual,
  );
}

/** By the newest second that tells: it may be learnt anew. */
function usual(
  prosody: Record<string, ProsodySecond>,
  told: (second: ProsodySecond) => number | null,
): number | null {
  const known = Object.entries(prosody).flatMap(([second, value]): [number, number][] => {
    const found = told(value);
    return found === null ? [] : [[Number(second), found]];
  });
  return known.reduce<[number, number] | null>((best, each) => (best === null || each[0] > best[0] ? each : best), null)?.[1] ?? null;
}

/** The value that holds at present, null where there is none. */
export function present({ seconds, values }: Series): number | null {
  const from = (seconds.at(-1) ?? 0) - PRESENT;
  for (let index = values.length - 1; index >= 0 && (seconds[index] ?? 0) > from; index--) {
    const value = values[index];
    if (value != null) return value;
  }
  return null;
}

/** Null where nothing was measured. */
export function extent({ values }: Series): Extent | null {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? null : { measured: told.length, low: Math.min(...told), high: Math.max(...told) };
}

/** What a second says in probabilities of words, by word. */
export type Worded = Readonly<Record<string, number>>;

const WORDS_OF_LOOKS = ["neutral", "joy", "sadness", "anger", "surprise", "fear"] as const;

/** Looks by second. */
export function looks({ expression }: SignalHistory): Record<string, Worded> {
  return Object.fromEntries(
    Object.entries(expression).map(([second, told]) => [
      second,
      Object.fromEntries(WORDS_OF_LOOKS.map((word) => [word, told[word]])),
    ]),
  );
}

/** Words for the voice by second. */
export function tones({ voice_emotion }: SignalHistory): Record<string, Worded> {
  return Object.fromEntries(Object.entries(voice_emotion).map(([second, { probabilities }]) => [second, probabilities]));
}

/** The newest second, and the mean of all; null where there is none. */
export function summed(worded: Record<string, Worded>): { newest: Worded; mean: Worded } | null {
  const last = newestSecond(worded);
  const newest = worded[String(last)];
  if (newest === undefined) return null;
  const all = Object.values(worded);
  const mean = Object.keys(newest).map((word): [string, number] => [
    word,
    all.reduce((sum, told) => sum + (told[word] ?? 0), 0) / all.length,
  ]);
  return { newest, mean: Object.fromEntries(mean) };
}
