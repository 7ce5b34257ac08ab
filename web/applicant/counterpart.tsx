import type { ReactNode } from "react";
import type { Attendance } from "../core/attendance";
import type { Call } from "../core/call";
import type { SignalingState } from "../core/signaling";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { Video } from "../ui/video";

/** The interviewer's picture, or why there is none. */
export function Counterpart({
  attendance,
  connection,
}: {
  attendance: Attendance;
  connection: SignalingState["kind"];
}): ReactNode {
  const words = useWords();
  const calls = useCell(attendance.calls);
  const call = [...calls.values()].find(({ peer }) => peer.role === "interviewer");
  if (connection === "reconnecting") return <Saying text={words.reconnecting} />;
  if (connection === "connecting") return <Saying text={words.connecting} />;
  if (call === undefined) return <Saying text={words.applicant.waiting} hint={words.applicant.waitingHint} />;
  return <Interviewer call={call} />;
}

function Interviewer({ call }: { call: Call }): ReactNode {
  const words = useWords();
  const state = useCell(call.state);
  const remote = useCell(call.remote);
  const seen = state === "connected" && remote !== null && remote.getVideoTracks().length > 0;
  const text = { connecting: words.applicant.connectingTo, connected: words.applicant.connected, lost: words.applicant.lost };
  return (
    <>
      {remote !== null && <Video stream={remote} label={words.applicant.interviewer} testId="remote-video" />}
      {seen ? (
        <p className="sr" role="status" data-testid="status">
          {text[state]}
        </p>
      ) : (
        <Saying text={text[state]} hint={state === "connected" ? words.applicant.connectedHint : undefined} />
      )}
    </>
  );
}

function Saying({ text, hint }: { text: string; hint?: string | undefined }): ReactNode {
  return (
    <div className="over" role="status" data-testid="status">
      <p>{text}</p>
      {hint !== undefined && <p className="faint">{hint}</p>}
    </div>
  );
}
