import { type ReactNode, useState } from "react";
import { type Answers, type Transcript, entries, hasTranscript, recognisers } from "../core/transcript";
import type { InterviewView } from "../core/wire.generated";
import { WORD_ERROR } from "../core/word-error";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { AnswerEntry } from "./answer-entry";
import { Newest } from "./newest";
import type { ShownTranscript } from "./use-transcript";

interface TranscriptPanelProps {
  view: InterviewView | null;
  shown: ShownTranscript;
  /** What is said where nobody has answered. */
  nothing: string;
}

/** What was answered, in the order of time, and how far it can be trusted. */
export function TranscriptPanel({ view, shown, nothing }: TranscriptPanelProps): ReactNode {
  const words = useWords().transcript;
  if (view === null || !shown.open || !hasTranscript(view)) return null;
  return (
    <aside className="transcript" aria-label={words.title} data-testid="transcript">
      <Told view={view} transcript={shown.transcript} nothing={nothing} />
    </aside>
  );
}

interface ToldProps {
  view: InterviewView;
  transcript: Transcript;
  nothing: string;
}

function Told({ view, transcript, nothing }: ToldProps): ReactNode {
  const words = useWords();
  const said = words.transcript;
  const answers = useCell(transcript.answers);
  const missing = useCell(transcript.missing);
  const [of, setOf] = useState<string | null>(null);
  const applicants = Object.entries(view.participants).filter(([, { role }]) => role === "applicant");
  const chosen = of !== null && of in view.participants ? of : null;
  const found = entries(answers, view, chosen);
  const answered = (participant: string): boolean => Object.keys(answers[participant] ?? {}).length > 0;
  const reticent = applicants.filter(([id, { purposes }]) => !purposes.includes("transcript") && !answered(id));
  const nobody = reticent.length === applicants.length && view.source === "live";
  return (
    <>
      <div className="row between">
        <h2>{said.title}</h2>
        {applicants.length > 1 && (
          <select
            aria-label={said.of}
            data-testid="transcript-of"
            value={chosen ?? ""}
            onChange={(event) => {
              setOf(event.target.value === "" ? null : event.target.value);
            }}
          >
            <option value="">{said.everybody}</option>
            {applicants.map(([participant, { label }]) => (
              <option key={participant} value={participant}>
                {label}
              </option>
            ))}
          </select>
        )}
      </div>
      <WordError answers={answers} />
      {missing && (
        <div className="row" role="alert">
          <p className="small">{said.earlier}</p>
          <button type="button" onClick={() => void transcript.ask()}>
            {words.tryAgain}
          </button>
        </div>
      )}
      <Newest label={said.title} newest={said.newest}>
        {found.map((entry) => (
          <AnswerEntry key={entry.id} entry={entry} />
        ))}
        {found.length === 0 && <p className="quiet">{nobody ? said.nobodyAgreed : nothing}</p>}
      </Newest>
      {!nobody && reticent.length > 0 && (
        <p className="quiet small">{said.notAgreed(reticent.map(([, { label }]) => label).join(", "))}</p>
      )}
    </>
  );
}

function WordError({ answers }: { answers: Answers }): ReactNode {
  const words = useWords().transcript;
  const { clean, noise } = WORD_ERROR;
  const heardBy = recognisers(answers);
  return (
    <p className="quiet small" data-testid="word-error">
      {heardBy.has("faster-whisper") ? words.errorUnknown : words.error(clean.ofHundred, noise.ofHundred)}
    </p>
  );
}
