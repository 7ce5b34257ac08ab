import { type ReactNode, useId, useState } from "react";
import { Api } from "../core/api";
import { hostHash } from "../core/link";
import { type ProblemError, asProblem } from "../core/problem";
import type { Purpose } from "../core/purposes";
import type { ProfileRules } from "../core/wire.generated";
import { type Language, language, useWords } from "../ui/language";
import { JobField } from "./job-field";
import { ProfileChoice } from "./profile-choice";

const STANDARD: ProfileRules["profile"] = "standard";

/** A new interview: what it is called, what it is for, and what may be measured in it. */
export function Create({ hostKey }: { hostKey: string }): ReactNode {
  const words = useWords();
  const id = useId();
  const [title, setTitle] = useState("");
  const [job, setJob] = useState<string | null>(null);
  const [spoken, setSpoken] = useState(language.value);
  const [profile, setProfile] = useState(STANDARD);
  const [switchedOn, setSwitchedOn] = useState<readonly Purpose[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const create = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const policy = { profile, switched_on: [...switchedOn] };
      const made = await new Api(hostKey).create({ title: title.trim(), job, language: spoken, ...policy });
      location.hash = hostHash(hostKey, made.interview);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <div className="stack tight">
        <label htmlFor={id}>{words.interviewer.createTitle}</label>
        <input
          id={id}
          type="text"
          required
          maxLength={200}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          data-testid="create-title"
          value={title}
          onChange={(event) => {
            setTitle(event.target.value);
          }}
        />
        <p id={`${id}-hint`} className="quiet small">
          {words.interviewer.createHint}
        </p>
      </div>
      <JobField hostKey={hostKey} job={job} onChoose={setJob} />
      <div className="stack tight">
        <label htmlFor={`${id}-language`}>{words.interviewer.spoken}</label>
        <select
          id={`${id}-language`}
          data-testid="create-language"
          value={spoken}
          onChange={(event) => {
            setSpoken(event.target.value as Language);
          }}
        >
          <option value="en">English</option>
          <option value="ko">한국어</option>
        </select>
      </div>
      <ProfileChoice
        hostKey={hostKey}
        profile={profile}
        switchedOn={switchedOn}
        onChoose={(chosen, on) => {
          setProfile(chosen);
          setSwitchedOn(on);
        }}
      />
      <div>
        <button type="submit" className="primary" disabled={busy || title.trim() === ""} data-testid="create-submit">
          {words.interviewer.create}
        </button>
      </div>
      {problem && (
        <p role="alert">
          <strong>{words.problems[problem.code].title}.</strong> {words.problems[problem.code].advice}
        </p>
      )}
    </form>
  );
}
