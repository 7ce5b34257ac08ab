import { useCallback, useEffect, useState } from "react";
import { Api } from "../core/api";
import { claimFor, randomSecret } from "../core/claim";
import { seatOf } from "../core/link";
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

export type SeatState = { kind: "loading" } | { kind: "seated"; seat: Seated } | { kind: "problem"; problem: ProblemError };

async function take(token: string, spoken: Language): Promise<SeatState> {
  const named = await seatOf(token);
  const claim = named === null ? randomSecret() : claimFor(named.participant);
  try {
    const joined = await new Api().join({ token, claim, language: spoken });
    return { kind: "seated", seat: { token, claim, joined } };
  } catch (error) {
    return { kind: "problem", problem: asProblem(error) };
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
      if (current) setState(found);
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
