import type { Problem } from "./wire.generated";

/** Codes of `schemas/errors.py` that a page has its own words for, and `unreachable` where no answer came. */
export type ProblemCode =
  | "link-invalid"
  | "link-expired"
  | "link-used"
  | "not-found"
  | "refused"
  | "invalid"
  | "unavailable"
  | "unreachable"
  | "error";

const KNOWN: ReadonlySet<string> = new Set<ProblemCode>([
  "link-invalid",
  "link-expired",
  "link-used",
  "not-found",
  "refused",
  "invalid",
  "unavailable",
  "unreachable",
]);

/** What the server could not do, or that it did not answer. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly retryable: boolean;

  constructor(code: string, detail: string, retryable: boolean) {
    super(detail);
    this.name = "ProblemError";
    this.code = KNOWN.has(code) ? (code as ProblemCode) : "error";
    this.retryable = retryable;
  }

  static of(problem: Problem): ProblemError {
    return new ProblemError(problem.code, problem.detail, problem.retryable);
  }

  static unreachable(): ProblemError {
    return new ProblemError("unreachable", "The server did not answer.", true);
  }
}

/** Any thrown thing as a problem. */
export function asProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  return new ProblemError("error", thrown instanceof Error ? thrown.message : "Something went wrong.", false);
}
