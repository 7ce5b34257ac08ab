import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useWords } from "./language";

const SHOWN_MS = 2000;

/** An address to hand on, with a button that copies it. */
export function CopyField({ label, value, testId }: { label: string; value: string; testId: string }): ReactNode {
  const words = useWords();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => {
      setCopied(false);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      input.current?.select(); // The browser does not let pages copy: the address is selected for the keyboard.
    }
  };
  return (
    <div className="copy">
      <label htmlFor={id}>{label}</label>
      <div>
        <input
          ref={input}
          id={id}
          type="text"
          readOnly
          value={value}
          data-testid={testId}
          onFocus={(event) => {
            event.target.select();
          }}
        />
        <button type="button" aria-label={`${words.copy}: ${label}`} onClick={() => void copy()}>
          {copied ? words.copied : words.copy}
        </button>
      </div>
      <span className="sr" role="status">
        {copied ? words.copied : ""}
      </span>
    </div>
  );
}
