import type { ReactNode } from "react";
import { LanguageSwitch } from "./language-switch";

interface NoticeProps {
  title: string;
  advice: string;
  action?: { label: string; run: () => void } | undefined;
}

/** A page with one thing to say. */
export function Notice({ title, advice, action }: NoticeProps): ReactNode {
  return (
    <main className="page">
      <div className="row between">
        <span />
        <LanguageSwitch />
      </div>
      <section className="card stack" role="status" data-testid="status">
        <h1>{title}</h1>
        <p className="quiet">{advice}</p>
        {action && (
          <div>
            <button type="button" className="primary" onClick={action.run}>
              {action.label}
            </button>
          </div>
        )}
      </section>
    </main>
  );
}
