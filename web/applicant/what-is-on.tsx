import { type ReactNode, useState } from "react";
import type { Agreement } from "../core/agreement";
import type { Attendance } from "../core/attendance";
import type { LocalMedia } from "../core/local-media";
import { mediaFor } from "../core/purposes";
import type { ConsentText } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { hindrance } from "./measuring";
import { Purposes } from "./purposes";

interface WhatIsOnProps {
  attendance: Attendance;
  media: LocalMedia;
  agreement: Agreement;
  text: ConsentText;
}

const PANEL = "purposes";

/** What leaves this browser at present: camera, microphone, and what is measured of them; and where to change that. */
export function WhatIsOn({ attendance, media, agreement, text }: WhatIsOnProps): ReactNode {
  const { applicant: words, close } = useWords();
  const [open, setOpen] = useState(false);
  const stream = useCell(media.stream);
  const hidden = useCell(media.cameraOff);
  const muted = useCell(media.muted);
  const analysis = useCell(attendance.analysis.state);
  const purposes = useCell(agreement.purposes);
  const on = {
    video: stream.getVideoTracks().length > 0 && !hidden,
    audio: stream.getAudioTracks().length > 0 && !muted,
  };
  const measuring = mediaFor(purposes).some((medium) => on[medium]);
  const onOff = (isOn: boolean): string => (isOn ? words.on : words.off);
  const rows: [string, boolean, string][] = [
    [words.cameraLabel, on.video, onOff(on.video)],
    [words.microphoneLabel, on.audio, onOff(on.audio)],
    [
      words.measuredLabel,
      measuring && analysis === "on",
      measuring ? (hindrance(analysis, words) ?? words.measured(purposes.length)) : words.off,
    ],
  ];
  return (
    <section className="is-on" aria-label={words.isOn}>
      {open && <Purposes id={PANEL} agreement={agreement} text={text} on={on} analysis={analysis} />}
      <div className="row on small">
        <dl data-testid="what-is-on">
          {rows.map(([label, isOn, said]) => (
            <div key={label} data-on={isOn}>
              <dt>{label}</dt>
              <dd>{said}</dd>
            </div>
          ))}
        </dl>
        {text.items.length > 0 && (
          <button
            type="button"
            className="bare"
            aria-expanded={open}
            aria-controls={PANEL}
            aria-label={`${words.isOn}: ${open ? close : words.change}`}
            data-testid="change-purposes"
            onClick={() => {
              setOpen(!open);
            }}
          >
            {open ? close : words.change}
          </button>
        )}
      </div>
    </section>
  );
}
