import { useEffect, useState } from "react";
import type { Api } from "../core/api";
import { Transcript } from "../core/transcript";
import type { InterviewView } from "../core/wire.generated";
import { useRemembered } from "./use-remembered";

export interface ShownTranscript {
  transcript: Transcript;
  open: boolean;
  setOpen: (open: boolean) => void;
}

const OPEN_KEY = "intact.transcript";

/** What was answered up to `view`, and whether it is shown. */
export function useTranscript(api: Api, interview: string, view: InterviewView | null): ShownTranscript {
  const [transcript] = useState(() => new Transcript(async () => (await api.answers(interview)).participants));
  // Open at first: what an applicant types reaches the interviewer in no other way.
  const [open, setOpen] = useRemembered(OPEN_KEY, true);
  useEffect(() => {
    if (view !== null) transcript.show(view);
  }, [transcript, view]);
  return { transcript, open, setOpen };
}
