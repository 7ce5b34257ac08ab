import { useEffect, useState } from "react";
import { Api } from "../core/api";
import type { SignalEntry } from "../core/wire.generated";

const AGAIN_MS = 5000;

/** It is the same for everybody, so it is asked for once. */
let known: readonly SignalEntry[] | null = null;

/** The sheet of signals; null until it came. */
export function useSheet(): readonly SignalEntry[] | null {
  const [sheet, setSheet] = useState(known);
  useEffect(() => {
    if (sheet !== null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    const load = async (): Promise<void> => {
      try {
        known ??= await new Api().sheet();
        if (current) setSheet(known);
      } catch {
        if (current) timer = setTimeout(() => void load(), AGAIN_MS);
      }
    };
    void load();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [sheet]);
  return sheet;
}
