/** How many of the newest seconds a plot shows. */
export const WINDOW_SECONDS = 120;

/** One value per second of the interview; null where nothing was observed. */
export interface Series {
  seconds: number[];
  values: (number | null)[];
}

/** The values of the window that ends with second `last`. Missing seconds stay gaps. */
export function series<T>(
  observed: Record<string, T>,
  last: number,
  value: (second: T) => number | null | undefined,
): Series {
  const seconds = Array.from({ length: WINDOW_SECONDS }, (_, index) => last - WINDOW_SECONDS + 1 + index);
  const values = seconds.map((second) => {
    const found = observed[String(second)];
    return found === undefined ? null : (value(found) ?? null);
  });
  return { seconds, values };
}

/** The newest second observed, null where there is none. */
export function newestSecond(observed: Readonly<Record<string, unknown>>): number | null {
  let newest: number | null = null;
  for (const key of Object.keys(observed)) newest = Math.max(newest ?? 0, Number(key));
  return newest;
}

/** Places of values with a gap on both sides: a line does not show them, so they are drawn as points. */
export function isolated(values: readonly (number | null | undefined)[]): number[] {
  return values.flatMap((value, index) =>
    value != null && values[index - 1] == null && values[index + 1] == null ? [index] : [],
  );
}
