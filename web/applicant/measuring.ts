import type { AnalysisState } from "../core/analysis-stream";

interface MeasuringWords {
  off: string;
  starting: string;
  paused: string;
}

/** What is said of measuring that does not go on; null where it does. */
export function hindrance(state: AnalysisState, words: MeasuringWords): string | null {
  return { off: words.off, connecting: words.starting, on: null, retrying: words.paused }[state];
}
