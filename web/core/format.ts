const MINUS = "−";

/** `value` rounded, with a true minus sign and `unit`. */
export function withUnit(value: number, unit: string): string {
  const rounded = Math.round(value);
  return `${rounded < 0 ? MINUS : ""}${Math.abs(rounded)}${unit}`;
}

export const degrees = (value: number): string => withUnit(value, "°");
export const decibels = (value: number): string => withUnit(value, " dBFS");
export const percent = (share: number): string => withUnit(share * 100, " %");

/** `value` with `digits` after the point and a true minus sign. */
export function plain(value: number, digits: number): string {
  const rounded = value.toFixed(digits);
  return Number(rounded) === 0 ? rounded.replace("-", "") : rounded.replace("-", MINUS);
}
