import type { ReactNode } from "react";
import { newestSecond } from "../core/series";
import type { InterviewView, ParticipantView } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { Plots } from "./plots";

/** What the record holds of each applicant. */
export function Recorded({ view }: { view: InterviewView }): ReactNode {
  const words = useWords().interviewer;
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
          <Seat seat={seat} />
        </article>
      ))}
    </section>
  );
}

function Seat({ seat }: { seat: ParticipantView }): ReactNode {
  const words = useWords().interviewer;
  const last = Math.max(newestSecond(seat.sight) ?? -1, newestSecond(seat.prosody) ?? -1);
  if (last < 0) return <p className="quiet">{words.recordedNothing}</p>;
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
      <Plots seat={seat} last={last} />
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
