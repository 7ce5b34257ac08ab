import type { ReactNode } from "react";
import { hasTranscript } from "../core/transcript";
import type { InterviewView } from "../core/wire.generated";
import { useWords } from "../ui/language";
import type { ShownTranscript } from "./use-transcript";

/** Shows and hides the transcript, where there may be one. */
export function TranscriptToggle({ view, shown }: { view: InterviewView | null; shown: ShownTranscript }): ReactNode {
  const words = useWords().transcript;
  if (view === null || !hasTranscript(view)) return null;
  return (
    <button
      type="button"
      data-testid="toggle-transcript"
      onClick={() => {
        shown.setOpen(!shown.open);
      }}
    >
      {shown.open ? words.hide : words.show}
    </button>
  );
}
