import { type ReactNode, useEffect } from "react";
import type { LocalMedia } from "../core/local-media";
import { useWords } from "../ui/language";
import { LanguageSwitch } from "../ui/language-switch";
import { useCell } from "../ui/use-cell";
import { Video } from "../ui/video";
import { LevelMeter } from "./level-meter";

interface CheckProps {
  title: string;
  media: LocalMedia;
  onJoin: () => void;
  onBack: () => void;
}

/** The own picture and the microphone's level, before anybody else sees or hears them. */
export function Check({ title, media, onJoin, onBack }: CheckProps): ReactNode {
  const words = useWords();
  const stream = useCell(media.stream);
  const { camera, microphone } = useCell(media.state);
  useEffect(() => {
    void media.open();
  }, [media]);
  const asking = camera === "asking" || microphone === "asking";
  const failed = !asking && (camera !== "on" || microphone !== "on");
  return (
    <main className="page">
      <header className="row between">
        <p className="quiet">{title}</p>
        <LanguageSwitch />
      </header>
      <section className="card stack">
        <h1>{words.applicant.checkTitle}</h1>
        <div className="stage preview">
          {stream.getVideoTracks().length > 0 ? (
            <Video stream={stream} label={words.you} own testId="preview" />
          ) : (
            <p className="over">{camera === "asking" ? words.applicant.asking : words.applicant.camera[camera]}</p>
          )}
        </div>
        {camera === "on" && <p className="quiet">{words.applicant.checkHint}</p>}
        <LevelMeter stream={stream} />
        <p className="quiet" role="status" data-testid="status">
          {asking
            ? words.applicant.asking
            : microphone === "on"
              ? words.applicant.speak
              : words.applicant.microphone[microphone]}
        </p>
        <div className="actions">
          {failed ? (
            <button type="button" onClick={() => void media.open()}>
              {words.tryAgain}
            </button>
          ) : (
            <button type="button" onClick={onBack}>
              {words.applicant.back}
            </button>
          )}
          <button type="button" className="primary" disabled={asking} data-testid="join" onClick={onJoin}>
            {words.applicant.join}
          </button>
        </div>
      </section>
    </main>
  );
}
