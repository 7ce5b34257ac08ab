import { type ReactNode, useState } from "react";
import type { Purpose } from "../core/analysis-stream";
import { Attendance } from "../core/attendance";
import { consentedTo, keepConsent } from "../core/consented";
import { LocalMedia } from "../core/local-media";
import type { Seated } from "../ui/use-seat";
import { Check } from "./check";
import { Consent } from "./consent";
import { Interview } from "./interview";

/** An applicant's way through the pages: what is measured, camera and microphone, the interview. */
export function Visit({ seat }: { seat: Seated }): ReactNode {
  const { joined, token, claim } = seat;
  const [media] = useState(() => new LocalMedia());
  const [purposes, setPurposes] = useState<readonly Purpose[] | null>(() =>
    joined.consented ? consentedTo(joined.participant) : null,
  );
  const [attendance, setAttendance] = useState<Attendance | null>(null);

  if (purposes === null) {
    return (
      <Consent
        seat={seat}
        onDecided={(agreed) => {
          keepConsent(joined.participant, agreed);
          setPurposes(agreed);
        }}
      />
    );
  }
  const join = (): void => {
    const entered = new Attendance({ token, claim, role: "applicant", local: media.stream, purposes });
    entered.start();
    setAttendance(entered);
  };
  if (attendance === null) {
    return (
      <Check
        title={joined.title}
        media={media}
        onJoin={join}
        onBack={() => {
          media.close();
          setPurposes(null);
        }}
      />
    );
  }
  return (
    <Interview
      title={joined.title}
      attendance={attendance}
      media={media}
      purposes={purposes}
      onReturn={() => {
        setAttendance(null);
      }}
    />
  );
}
