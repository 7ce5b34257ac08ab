import { type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "./language";

interface VideoProps {
  stream: MediaStream;
  label: string;
  /** Own picture: shown as in a mirror and without sound. */
  own?: boolean;
  testId?: string;
}

/** A live picture with its sound; where the browser first wants a click for sound, a button asks for it. */
export function Video({ stream, label, own = false, testId }: VideoProps): ReactNode {
  const words = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [silenced, setSilenced] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    element.muted = own;
    element.play().catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return;
      element.muted = true;
      setSilenced(true);
      void element.play().catch(() => undefined);
    });
  }, [stream, own]);
  const unmute = (): void => {
    if (video.current !== null) video.current.muted = false;
    setSilenced(false);
  };
  return (
    <>
      <video
        ref={video}
        className={own ? "mirrored" : ""}
        aria-label={label}
        autoPlay
        playsInline
        {...(testId === undefined ? {} : { "data-testid": testId })}
      />
      {silenced && (
        <button type="button" className="primary corner" onClick={unmute}>
          {words.turnSoundOn}
        </button>
      )}
    </>
  );
}
