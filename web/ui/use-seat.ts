import { useCallback, useEffect, useState } from "react";
import { Api } from "../core/api";
import { claimFor, randomSecret } from "../core/claim";
import { type Seat, seatOf } from "../core/link";
import { type ProblemError, asProblem } from "../core/problem";
import type { JoinResponse } from "../core/wire.generated";
import { type Language, language } from "./language";
import { useCell } from "./use-cell";

/** A link that this browser may use. */
export interface Seated {
  token: string;
  claim: string;
  joined: JoinResponse;
}

interface ProblemState {
  kind: "problem";
  problem: ProblemError;
  /** The seat that the link names, whether or not the link is good. */
  named: Seat | null;
}

export type SeatState = { kind: "loading" } | { kind: "seated"; seat: Seated } | ProblemState;

async function take(token: string, spoken: Language): Promise<SeatState> {
  const named = await seatOf(token);
  const claim = named === null ? randomSecret() : claimFor(named.participant);
  try {
    const joined = await new Api().join({ token, claim, language: spoken });
    return { kind: "seated", seat: { token, claim, joined } };
  } catch (error) {
    return { kind: "problem", problem: asProblem(error), named };
  }
}

/** Ask the server whether this browser may use the link with `token`; asked again in another language. */
export function useSeat(token: string): { state: SeatState; retry: () => void } {
  const spoken = useCell(language);
  const [state, setState] = useState<SeatState>({ kind: "loading" });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let current = true;
    void take(token, spoken).then((found) => {
      if (!current) return;
      // Who sits already stays: it was asked again for the other language's words alone.
      setState((before) => (before.kind === "seated" && found.kind === "problem" ? before : found));
    });
    return () => {
      current = false;
    };
  }, [token, spoken, asked]);
  const retry = useCallback(() => {
    setState({ kind: "loading" });
    setAsked((count) => count + 1);
  }, []);
  return { state, retry };
}
