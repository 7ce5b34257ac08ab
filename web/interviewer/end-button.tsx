import { type ReactNode, useState } from "react";
import type { Api } from "../core/api";
import { type ProblemError, asProblem } from "../core/problem";
import { Confirm } from "../ui/confirm";
import { useWords } from "../ui/language";

/** Ends the interview for everybody, after asking once more. */
export function EndButton({ api, interview }: { api: Api; interview: string }): ReactNode {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const end = async (): Promise<void> => {
    setAsking(false);
    setProblem(null);
    try {
      await api.end(interview);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <>
      {problem && <span role="alert">{words.problems[problem.code].title}</span>}
      <button
        type="button"
        data-testid="end-interview"
        onClick={() => {
          setAsking(true);
        }}
      >
        {words.interviewer.end}
      </button>
      {asking && (
        <Confirm
          question={words.interviewer.endQuestion}
          hint={words.interviewer.endHint}
          confirm={words.interviewer.endConfirm}
          cancel={words.cancel}
          testId="end-confirm"
          onConfirm={() => void end()}
          onCancel={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
