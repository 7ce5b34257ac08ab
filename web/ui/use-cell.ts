import { useSyncExternalStore } from "react";
import type { Cell } from "../core/cell";

/** The value of `cell`; the component follows it. */
export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.read);
}
