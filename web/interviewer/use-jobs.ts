import { useCallback, useEffect, useState } from "react";
import { Api } from "../core/api";
import type { JobGroupNames } from "../core/wire.generated";

export interface Jobs {
  /** Null until they came. */
  groups: readonly JobGroupNames[] | null;
  failed: boolean;
  retry: () => void;
}

/** It changes with the server's catalogue alone, so a page asks for it once. */
let known: Promise<JobGroupNames[]> | null = null;

async function load(bearer: string): Promise<JobGroupNames[]> {
  known ??= new Api(bearer).jobs();
  try {
    return await known;
  } catch (error) {
    known = null;
    throw error;
  }
}

/** The jobs of the catalogue; `bearer` is the host key, or the token of an interviewer's link. */
export function useJobs(bearer: string): Jobs {
  const [groups, setGroups] = useState<readonly JobGroupNames[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let current = true;
    load(bearer).then(
      (found) => {
        if (current) setGroups(found);
      },
      () => {
        if (current) setFailed(true);
      },
    );
    return () => {
      current = false;
    };
  }, [bearer, asked]);
  const retry = useCallback(() => {
    setFailed(false);
    setAsked((count) => count + 1);
  }, []);
  return { groups, failed, retry };
}
