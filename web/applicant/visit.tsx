import { type ReactNode, useState } from "react";
import { Agreement } from "../core/agreement";
import { Attendance } from "../core/attendance";
import { LocalMedia } from "../core/local-media";
import type { Purpose } from "../core/purposes";
import type { Seated } from "../ui/use-seat";
import { Check } from "./check";
import { Consent } from "./consent";
import { Interview } from "./interview";

/** An applicant's way through the pages: what is agreed to, camera and microphone, the interview. */
export function Visit({ seat }: { seat: Seated }): ReactNode {
  const { joined, token, claim } = seat;
  const [media] = useState(() => new LocalMedia());
  const agreed = (purposes: readonly Purpose[]): Agreement => new Agreement({ token, claim }, purposes);
  const [agreement, setAgreement] = useState(() => (joined.consented ? agreed(joined.purposes) : null));
  const [attendance, setAttendance] = useState<Attendance | null>(null);

  if (agreement === null) {
    return (
      <Consent
        seat={seat}
        onDecided={(purposes) => {
          setAgreement(agreed(purposes));
        }}
      />
    );
  }
  const join = (): void => {
    const entered = new Attendance({ token, claim, role: "applicant", local: media.stream, agreement });
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
          setAgreement(null);
        }}
      />
    );
  }
  return (
    <Interview
      seat={seat}
      attendance={attendance}
      media={media}
      agreement={agreement}
      onReturn={() => {
        setAttendance(null);
      }}
    />
  );
}
