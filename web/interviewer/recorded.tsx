import type { ReactNode } from "react";
import { NO_SIGNALS, type RecentSignals, newestOf } from "../core/recent-signals";
import type { InterviewView, ParticipantView, SignalHistory } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { Plots } from "./plots";

/** What the record holds of each applicant. */
export function Recorded({ view, recent }: { view: InterviewView; recent: RecentSignals }): ReactNode {
  const words = useWords().interviewer;
  const signals = useCell(recent.participants);
  const applicants = Object.entries(view.participants).filter(([, { role }]) => role === "applicant");
  return (
    <section className="stack" data-testid="recorded">
      <h2>{words.recordedTitle}</h2>
      {applicants.map(([participant, seat]) => (
        <article key={participant} className="card stack" data-testid={`recorded-${participant}`}>
          <div className="row between">
            <h3>{seat.label}</h3>
            {view.source === "live" && view.status === "open" && <span className="quiet small">{words.presence[seat.presence]}</span>}
          </div>
          <Seat seat={seat} signals={signals.get(participant) ?? NO_SIGNALS} />
        </article>
      ))}
    </section>
  );
}

function Seat({ seat, signals }: { seat: ParticipantView; signals: SignalHistory }): ReactNode {
  const words = useWords().interviewer;
  const last = newestOf([seat]);
  if (last === null) return <p className="quiet">{words.recordedNothing}</p>;
  return (
    <>
      <dl className="totals number">
        <Total label={words.secondsSeen} value={seat.seconds_seen} />
        <Total label={words.secondsHeard} value={seat.seconds_heard} />
        <Total label={words.framesDropped} value={seat.frames_dropped} />
      </dl>
      <p className="quiet small">
        {words.newest} · {words.estimated}
      </p>
      <Plots signals={signals} last={last} />
    </>
  );
}

function Total({ label, value }: { label: string; value: number }): ReactNode {
  return (
    <div>
      <dt className="quiet small">{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
