import { type ReactNode, useState } from "react";
import { Api } from "../core/api";
import { hostHash } from "../core/link";
import { headUs } from "../core/playhead";
import { NO_SIGNALS } from "../core/recent-signals";
import { useWords } from "../ui/language";
import { LanguageSwitch } from "../ui/language-switch";
import { Notice } from "../ui/notice";
import { ProblemNotice } from "../ui/problem-notice";
import { useCell } from "../ui/use-cell";
import { useNow } from "../ui/use-now";
import { Heading } from "./heading";
import { ReplayControls } from "./replay-controls";
import { ReplayTile } from "./replay-tile";
import { TranscriptPanel } from "./transcript-panel";
import { TranscriptToggle } from "./transcript-toggle";
import { useReplay } from "./use-replay";
import { useTranscript } from "./use-transcript";

const EVERY_MS = 100;

/** The interviewer's room as it was, at any moment of a recorded interview; nothing can be done in it. */
export function ReplayRoom({ hostKey, interview }: { hostKey: string; interview: string }): ReactNode {
  const words = useWords();
  const said = words.interviewer.replay;
  const replay = useReplay(interview, hostKey);
  const state = useCell(replay.state);
  const view = useCell(replay.view);
  const head = useCell(replay.head);
  const recent = useCell(replay.recent.participants);
  const [api] = useState(() => new Api(hostKey));
  const transcript = useTranscript(api, interview, view);
  const [signals, setSignals] = useState(true);
  const now = useNow(EVERY_MS, head?.playing ?? false);
  if (state.kind === "refused") return <ProblemNotice problem={state.problem} />;
  if (view === null || head === null) return <Notice title={words.loading} advice="" />;
  const atUs = headUs(head, Math.max(now, head.sinceMs));
  const applicants = Object.entries(view.participants).filter(([, { role }]) => role === "applicant");
  return (
    <main className="live" data-replay="true">
      <header className="row between bar">
        <Heading title={view.title} bearer={hostKey} view={view} atUs={atUs} />
        <div className="row">
          <LanguageSwitch />
          <a className="button" href={hostHash(hostKey, interview)}>
            {said.leave}
          </a>
        </div>
      </header>
      <p className="strip" role="status" data-testid="status">
        <strong>{said.title}</strong> <span className="quiet">{state.kind === "reconnecting" ? words.reconnecting : said.hint}</span>
      </p>
      <div className="floor">
        <div className="tiles" data-count={applicants.length}>
          {applicants.map(([participant, seat]) => (
            <ReplayTile
              key={participant}
              participant={participant}
              seat={seat}
              source={view.source}
              atUs={atUs}
              signals={signals}
              recent={recent.get(participant) ?? NO_SIGNALS}
            />
          ))}
          {applicants.length === 0 && <p className="quiet">{said.noApplicants}</p>}
        </div>
        <TranscriptPanel view={view} shown={transcript} nothing={words.transcript.nothingThen} />
      </div>
      <footer className="row between bar">
        <ReplayControls replay={replay} head={head} atUs={atUs} />
        <div className="row">
          <TranscriptToggle view={view} shown={transcript} />
          <button
            type="button"
            data-testid="toggle-signals"
            onClick={() => {
              setSignals(!signals);
            }}
          >
            {signals ? words.interviewer.hideSignals : words.interviewer.showSignals}
          </button>
        </div>
      </footer>
    </main>
  );
}
