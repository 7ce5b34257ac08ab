import type { ReactNode } from "react";
import type { LocalMedia } from "../core/local-media";
import { Icon } from "../ui/icon";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { Video } from "../ui/video";

/** The interviewer's own picture, and the switches of camera and microphone. */
export function OwnMedia({ media }: { media: LocalMedia }): ReactNode {
  const words = useWords();
  const stream = useCell(media.stream);
  const muted = useCell(media.muted);
  const cameraOff = useCell(media.cameraOff);
  const { camera, microphone } = useCell(media.state);
  const picture = stream.getVideoTracks().length > 0;
  const sound = stream.getAudioTracks().length > 0;
  if (!picture && !sound && camera !== "asking" && microphone !== "asking") {
    return <p className="quiet small">{words.interviewer.noDevices}</p>;
  }
  return (
    <div className="own" role="group" aria-label={words.interviewer.yourCamera}>
      {picture && (
        <div className="stage self">
          <Video stream={stream} label={words.you} own testId="self-video" />
        </div>
      )}
      <button
        type="button"
        disabled={!sound}
        data-testid="mute"
        onClick={() => {
          media.mute(!muted);
        }}
      >
        <Icon name="microphone" off={muted} />
        {muted ? words.unmute : words.mute}
      </button>
      <button
        type="button"
        disabled={!picture}
        data-testid="camera"
        onClick={() => {
          media.hide(!cameraOff);
        }}
      >
        <Icon name="camera" off={cameraOff} />
        {cameraOff ? words.cameraOn : words.cameraOff}
      </button>
    </div>
  );
}
