import type { Problem } from "../core/transcript";

/** What is said of answers, and of what the conversation is about. */
export const spoken = {
  transcript: {
    title: "Transcript",
    show: "Show transcript",
    hide: "Hide transcript",
    of: "Whose answers",
    everybody: "All",
    typed: "typed",
    going: "answering…",
    pending: "The words are still to come.",
    lost: "The sound was lost here.",
    low: "heard with low confidence",
    newest: "Newest",
    nothing: "No answer yet. Words appear some seconds after they are said.",
    nothingThen: "Up to this moment nobody had answered.",
    nobodyAgreed: "No applicant agreed to a transcript.",
    notAgreed: (labels: string) => `Did not agree to a transcript: ${labels}.`,
    earlier: "The earlier answers could not be loaded.",
    error: (clean: number, noise: number) =>
      `Spoken words are written down by a machine: of 100 words of English, about ${clean} are wrong where it is read aloud without noise, about ${noise} in noise. It is for finding words again, not for quoting.`,
    errorUnknown: "Spoken words are written down by a machine. How many of its words are wrong was not measured.",
    problems: {
      "no-words": "Something was said, but no words were recognised.",
      language: "Something was said in a language that the recogniser does not know.",
      dropped: "Left out: the recogniser was too slow.",
      failed: "Left out: the recogniser could not be reached.",
    } satisfies Record<Problem, string> as Record<Problem, string>,
  },

  typing: {
    open: "Type instead",
    close: "Close",
    label: "Your answer, typed",
    hint: "The interviewer can read it once you send it.",
    keys: (modifier: string) => `${modifier} + Enter sends`,
    send: "Send",
    sending: "Sending…",
    waiting: "It is sent as soon as the connection is back.",
    recorded: "Your answer was recorded.",
    notRecorded: "Your answer was not recorded. It is still here: send it again.",
    needsConsent: "To be written down, an answer needs your agreement to the transcript:",
    notGiven: "It could not be switched on. Try again.",
  },

  job: {
    label: "Job",
    none: "No job of the catalogue",
    hint: "Search by name. The job's words help the recogniser.",
    nothing: "No job has this name.",
    failed: "The jobs could not be loaded.",
    clear: "Without a job",
  },

  spokenIn: { en: "English", ko: "Korean" },
};
