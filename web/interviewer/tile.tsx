import type { ReactNode } from "react";

interface TileProps {
  participant: string;
  label: string;
  /** Where the person is, as a test may ask. */
  state: string;
  picture?: ReactNode;
  /** What stands in the place of the picture, where anything does. */
  said: ReactNode;
  /** Whether signals stand beside the picture. */
  signals: boolean;
  /** What stands beside the picture. */
  children?: ReactNode;
}

/** One applicant: picture, where they are, and what stands beside. */
export function Tile({ participant, label, state, picture, said, signals, children }: TileProps): ReactNode {
  return (
    <article className="tile" data-testid={`tile-${participant}`} data-state={state} data-signals={signals}>
      <div className="stage">
        {picture}
        {said !== null && <div className="over">{said}</div>}
        <h2 className="label">{label}</h2>
      </div>
      {children !== undefined && <div className="aside">{children}</div>}
    </article>
  );
}
