import { useState } from "react";

const OPEN = "open";

/** Whether something is open, at first as `first` says; this browser remembers what was chosen last. */
export function useRemembered(key: string, first = false): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => kept(key) ?? first);
  const choose = (chosen: boolean): void => {
    setOpen(chosen);
    try {
      localStorage.setItem(key, chosen ? OPEN : "");
    } catch {
      // It holds for this page then.
    }
  };
  return [open, choose];
}

function kept(key: string): boolean | null {
  try {
    const found = localStorage.getItem(key);
    return found === null ? null : found === OPEN;
  } catch {
    return null;
  }
}
