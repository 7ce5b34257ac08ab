import type { ReactNode } from "react";

const PATHS = {
  microphone: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM6 11a6 6 0 0 0 12 0M12 17v4",
  camera: "M4 7h11v10H4zM15 11l5-3v8l-5-3",
  off: "M4 4l16 16",
} as const;

/** A line drawing, 24 px; what it means is said by the text beside it. */
export function Icon({ name, off = false }: { name: "microphone" | "camera"; off?: boolean }): ReactNode {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" aria-hidden>
      <path d={PATHS[name]} strokeLinecap="round" strokeLinejoin="round" />
      {off && <path d={PATHS.off} strokeLinecap="round" />}
    </svg>
  );
}
