import { type ReactNode, useEffect } from "react";
import type { Agreement } from "../core/agreement";
import type { Attendance } from "../core/attendance";
import type { LocalMedia } from "../core/local-media";
import { Icon } from "../ui/icon";
import { useWords } from "../ui/language";
import { LanguageSwitch } from "../ui/language-switch";
import { Notice } from "../ui/notice";
import { ProblemNotice } from "../ui/problem-notice";
import { useCell } from "../ui/use-cell";
import type { Seated } from "../ui/use-seat";
import { Video } from "../ui/video";
import { Counterpart } from "./counterpart";
import { Typing } from "./typing";
import { WhatIsOn } from "./what-is-on";

interface InterviewProps {
  seat: Seated;
  attendance: Attendance;
  media: LocalMedia;
  agreement: Agreement;
  onReturn: () => void;
}

/** The interview as the applicant sees it, and the page it ends with. */
export function Interview({ seat, attendance, media, agreement, onReturn }: InterviewProps): ReactNode {
  const words = useWords();
  const state = useCell(attendance.signaling.state);
  const over = state.kind !== "open" && state.kind !== "connecting" && state.kind !== "reconnecting";
  useEffect(() => {
    if (over) media.close();
  }, [over, media]);
  const back = (label: string): { label: string; run: () => void } => ({ label, run: onReturn });
  switch (state.kind) {
    case "ended":
      return <Notice title={words.applicant.thanksTitle} advice={words.applicant.thanksAdvice} />;
    case "left":
      return (
        <Notice
          title={words.applicant.leftTitle}
          advice={words.applicant.leftAdvice}
          action={back(words.applicant.comeBack)}
        />
      );
    case "replaced":
      return <Notice title={words.replacedTitle} advice={words.replacedAdvice} action={back(words.continueHere)} />;
    case "refused":
      return <ProblemNotice problem={state.problem} retry={onReturn} />;
    default:
      return <Room seat={seat} attendance={attendance} media={media} agreement={agreement} />;
  }
}

function Room({ seat, attendance, media, agreement }: Omit<InterviewProps, "onReturn">): ReactNode {
  const words = useWords();
  const state = useCell(attendance.signaling.state);
  const stream = useCell(media.stream);
  const muted = useCell(media.muted);
  const cameraOff = useCell(media.cameraOff);
  return (
    <main className="room">
      <header className="row between">
        <h1 className="title">{seat.joined.title}</h1>
        <LanguageSwitch />
      </header>
      <div className="stage meeting">
        <Counterpart attendance={attendance} connection={state.kind} />
        {stream.getVideoTracks().length > 0 && (
          <div className="self">
            <Video stream={stream} label={words.you} own testId="self-video" />
          </div>
        )}
      </div>
      <WhatIsOn attendance={attendance} media={media} agreement={agreement} text={seat.joined.consent} />
      <Typing draft={attendance.typed} agreement={agreement} text={seat.joined.consent} connection={state.kind} />
      <div className="controls">
        <button
          type="button"
          disabled={stream.getAudioTracks().length === 0}
          data-testid="mute"
          onClick={() => {
            media.mute(!muted);
            attendance.analysis.enable("audio", muted);
          }}
        >
          <Icon name="microphone" off={muted} />
          {muted ? words.unmute : words.mute}
        </button>
        <button
          type="button"
          disabled={stream.getVideoTracks().length === 0}
          data-testid="camera"
          onClick={() => {
            media.hide(!cameraOff);
            attendance.analysis.enable("video", cameraOff);
          }}
        >
          <Icon name="camera" off={cameraOff} />
          {cameraOff ? words.cameraOn : words.cameraOff}
        </button>
        <button
          type="button"
          data-testid="leave"
          onClick={() => {
            attendance.leave();
          }}
        >
          {words.applicant.leave}
        </button>
      </div>
    </main>
  );
}
