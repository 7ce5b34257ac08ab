import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { language, speak } from "./language";
import "./style.css";

/** Show `page`. */
export function mount(page: ReactNode): void {
  speak(language.value);
  const root = document.getElementById("root");
  if (root === null) throw new Error("expected an element with the id root");
  createRoot(root).render(page);
}
