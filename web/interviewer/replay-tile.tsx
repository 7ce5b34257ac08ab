import type { ReactNode } from "react";
import { isMeasured, replayed } from "../core/reading";
import type { InterviewView, ParticipantView, SignalHistory } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { Signals } from "./signals";
import { Tile } from "./tile";

interface ReplayTileProps {
  participant: string;
  seat: ParticipantView;
  source: InterviewView["source"];
  /** Session time, microseconds. */
  atUs: number;
  signals: boolean;
  recent: SignalHistory;
}

/** One applicant, as the screen showed them at a moment. */
export function ReplayTile({ participant, seat, source, atUs, signals, recent }: ReplayTileProps): ReactNode {
  const words = useWords().interviewer;
  const shown = signals && (isMeasured(seat) || seat.presence !== "invited");
  const read = replayed(seat, atUs);
  return (
    <Tile
      participant={participant}
      label={seat.label}
      state={seat.presence}
      said={
        <>
          <p>{source === "file" ? words.fromFile : words.presence[seat.presence]}</p>
          {(source === "file" || seat.presence !== "invited") && <p className="quiet small">{words.replay.noPicture}</p>}
        </>
      }
      signals={shown}
    >
      {shown ? <Signals seat={seat} source={source} signals={recent} read={read} said={words.replay.ofSecond} /> : undefined}
    </Tile>
  );
}
