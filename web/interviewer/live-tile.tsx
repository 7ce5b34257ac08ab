import type { ReactNode } from "react";
import type { Call } from "../core/call";
import { Cell } from "../core/cell";
import type { SessionClock } from "../core/clock";
import type { LiveSight, ParticipantView, SignalHistory } from "../core/wire.generated";
import { CopyField } from "../ui/copy-field";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { Video } from "../ui/video";
import { LiveSignals } from "./signals";
import { Tile } from "./tile";

interface LiveTileProps {
  participant: string;
  seat: ParticipantView;
  call: Call | undefined;
  live: LiveSight | undefined;
  clock: SessionClock;
  signals: boolean;
  recent: SignalHistory;
  /** The link to hand to an applicant who was just added. */
  url: string | undefined;
}

const NO_STATE = new Cell(null);
const NO_STREAM = new Cell<MediaStream | null>(null);

/** One applicant, now. */
export function LiveTile({ participant, seat, call, live, clock, signals, recent, url }: LiveTileProps): ReactNode {
  const words = useWords().interviewer;
  const state = useCell<Call["state"]["value"] | null>(call?.state ?? NO_STATE);
  const remote = useCell(call?.remote ?? NO_STREAM);
  const asked = seat.purposes.length > 0 || seat.presence !== "invited";
  const shown = signals && asked;
  const said = {
    connecting: words.connectingTo,
    lost: words.lost,
    connected: remote === null || remote.getVideoTracks().length === 0 ? words.noPicture : null,
    none: words.presence[seat.presence],
  }[state ?? "none"];
  const aside = (shown || url !== undefined) && (
    <>
      {url !== undefined && !seat.claimed && (
        <CopyField label={words.linkFor(seat.label)} value={url} testId="applicant-link" />
      )}
      {shown && <LiveSignals seat={seat} signals={recent} live={live} clock={clock} />}
    </>
  );
  return (
    <Tile
      participant={participant}
      label={seat.label}
      state={state ?? seat.presence}
      picture={remote !== null && <Video stream={remote} label={seat.label} testId="remote-video" />}
      said={said === null ? null : <p>{said}</p>}
      signals={shown}
    >
      {aside || undefined}
    </Tile>
  );
}
