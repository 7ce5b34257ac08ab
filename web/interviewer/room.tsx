import { type ReactNode, useEffect, useState } from "react";
import { Attendance } from "../core/attendance";
import { LocalMedia } from "../core/local-media";
import { useWords } from "../ui/language";
import { Notice } from "../ui/notice";
import { ProblemNotice } from "../ui/problem-notice";
import { useCell } from "../ui/use-cell";
import type { Seated } from "../ui/use-seat";
import { Ended } from "./ended";
import { LiveRoom } from "./live-room";

/** The interviewer's room, and what stands in its place when it is over. */
export function Room({ seat }: { seat: Seated }): ReactNode {
  const words = useWords();
  const [media] = useState(() => new LocalMedia());
  const [attendance, setAttendance] = useState(() => attend(seat, media));
  const state = useCell(attendance.signaling.state);
  useEffect(() => {
    attendance.start();
    void media.open();
    return () => {
      attendance.leave();
      media.close();
    };
  }, [attendance, media]);
  const over = state.kind === "ended" || state.kind === "replaced" || state.kind === "refused";
  useEffect(() => {
    if (over) media.close();
  }, [over, media]);
  switch (state.kind) {
    case "ended":
      return <Ended token={seat.token} interview={seat.joined.interview} />;
    case "replaced":
      return (
        <Notice
          title={words.replacedTitle}
          advice={words.replacedAdvice}
          action={{
            label: words.continueHere,
            run: () => {
              setAttendance(attend(seat, media));
            },
          }}
        />
      );
    case "refused":
      return <ProblemNotice problem={state.problem} />;
    default:
      return <LiveRoom seat={seat} attendance={attendance} media={media} />;
  }
}

function attend({ token, claim }: Seated, media: LocalMedia): Attendance {
  return new Attendance({ token, claim, role: "interviewer", local: media.stream, agreement: null });
}
