import { Cell } from "../core/cell";
import type { JoinRequest } from "../core/wire.generated";
import { en } from "./words.en";
import { ko } from "./words.ko";
import { useCell } from "./use-cell";

export type Language = JoinRequest["language"];

/** Every sentence a page says; `en` sets which there are. */
export type Words = typeof en;

const KEY = "intact.language";
const BOOKS: Record<Language, Words> = { en, ko };

function first(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === "en" || kept === "ko") return kept;
  } catch {
    // Nothing can be kept here: go by what the browser asks for.
  }
  return navigator.language.startsWith("ko") ? "ko" : "en";
}

export const language = new Cell<Language>(first());

/** Speak `chosen` on this page, with the letters it needs. */
export function speak(chosen: Language): void {
  language.set(chosen);
  document.documentElement.lang = chosen;
  if (chosen === "ko") void import("@fontsource-variable/noto-sans-kr/wght.css");
}

export function choose(chosen: Language): void {
  speak(chosen);
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // It holds for this page then.
  }
}

export function useWords(): Words {
  return BOOKS[useCell(language)];
}
