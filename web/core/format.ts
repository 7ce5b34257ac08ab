const MINUS = "−";

/** `value` rounded, with a true minus sign and `unit`. */
export function withUnit(value: number, unit: string): string {
  const rounded = Math.round(value);
  return `${rounded < 0 ? MINUS : ""}${Math.abs(rounded)}${unit}`;
}

export const degrees = (value: number): string => withUnit(value, "°");
export const decibels = (value: number): string => withUnit(value, " dBFS");
export const percent = (share: number): string => withUnit(share * 100, " %");
