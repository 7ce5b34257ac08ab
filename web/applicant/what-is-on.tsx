import type { ReactNode } from "react";
import type { AnalysisState, Purpose } from "../core/analysis-stream";
import type { Attendance } from "../core/attendance";
import type { LocalMedia } from "../core/local-media";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";

interface WhatIsOnProps {
  attendance: Attendance;
  media: LocalMedia;
  purposes: readonly Purpose[];
}

/** What leaves this browser at present: camera, microphone, and what is measured of them. */
export function WhatIsOn({ attendance, media, purposes }: WhatIsOnProps): ReactNode {
  const words = useWords().applicant;
  const stream = useCell(media.stream);
  const hidden = useCell(media.cameraOff);
  const muted = useCell(media.muted);
  const analysis = useCell(attendance.analysis.state);
  const camera = stream.getVideoTracks().length > 0 && !hidden;
  const microphone = stream.getAudioTracks().length > 0 && !muted;
  const onOff = (on: boolean): string => (on ? words.on : words.off);
  const measured = (purpose: Purpose, source: boolean): string =>
    !purposes.includes(purpose) || !source ? words.off : SAID[analysis](words);
  const rows: [string, string][] = [
    [words.cameraLabel, onOff(camera)],
    [words.microphoneLabel, onOff(microphone)],
    [words.headLabel, measured("visual-signals", camera)],
    [words.voiceLabel, measured("voice-signals", microphone)],
  ];
  return (
    <dl className="on small" aria-label={words.isOn} data-testid="what-is-on">
      {rows.map(([label, said]) => (
        <div key={label} data-on={said === words.on}>
          <dt>{label}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}

const SAID: Record<AnalysisState, (words: { on: string; off: string; starting: string; paused: string }) => string> = {
  off: (words) => words.off,
  connecting: (words) => words.starting,
  on: (words) => words.on,
  retrying: (words) => words.paused,
};
