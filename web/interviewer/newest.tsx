import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

interface NewestProps {
  label: string;
  /** What the button is called that leads to the end. */
  newest: string;
  children: ReactNode;
}

const NEAR_PX = 32;

/** A list that shows its end as it grows, unless the reader scrolled up. */
export function Newest({ label, newest, children }: NewestProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const toEnd = (): void => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  };
  useLayoutEffect(() => {
    if (follows) toEnd();
  });
  return (
    <div className="newest">
      <div
        ref={list}
        className="stack"
        role="region"
        aria-label={label}
        tabIndex={0}
        data-testid="transcript-answers"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          setFollows(scrollHeight - scrollTop - clientHeight < NEAR_PX);
        }}
      >
        {children}
      </div>
      {!follows && (
        <button type="button" className="small" data-testid="transcript-newest" onClick={toEnd}>
          {newest} ↓
        </button>
      )}
    </div>
  );
}
