import { useState } from "react";

const OPEN = "open";

/** Whether something is open, closed at first; this browser remembers what was chosen last. */
export function useRemembered(key: string): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => kept(key));
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

function kept(key: string): boolean {
  try {
    return localStorage.getItem(key) === OPEN;
  } catch {
    return false;
  }
}
