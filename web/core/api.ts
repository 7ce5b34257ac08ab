import { ProblemError } from "./problem";
import type {
  AnswersResponse,
  ConsentRequest,
  CreateInterviewRequest,
  InterviewCreatedResponse,
  InterviewSummary,
  JobGroupNames,
  JoinRequest,
  JoinResponse,
  Link,
  Problem,
  ProfileRules,
  SignalEntry,
  SignalsResponse,
  Snapshot,
  WithdrawRequest,
} from "./wire.generated";

const TIMEOUT_MS = 15_000;

/** The HTTP interface. Every method rejects with `ProblemError`. */
export class Api {
  readonly #bearer: string | null;

  /** `bearer`: the host key, or the token of an interviewer's link. */
  constructor(bearer: string | null = null) {
    this.#bearer = bearer;
  }

  join(request: JoinRequest): Promise<JoinResponse> {
    return this.#json("POST", "/join", request);
  }

  async consent(request: ConsentRequest): Promise<void> {
    await this.#send("POST", "/consent", request);
  }

  async withdraw(request: WithdrawRequest): Promise<void> {
    await this.#send("POST", "/consent/withdraw", request);
  }

  interviews(): Promise<InterviewSummary[]> {
    return this.#json("GET", "/interviews");
  }

  create(request: CreateInterviewRequest): Promise<InterviewCreatedResponse> {
    return this.#json("POST", "/interviews", request);
  }

  interview(id: string): Promise<Snapshot> {
    return this.#json("GET", `/interviews/${encodeURIComponent(id)}`);
  }

  /** Every signal: what it is, and how well it is measured. */
  sheet(): Promise<SignalEntry[]> {
    return this.#json("GET", "/signals");
  }

  /** What was recorded of some seconds, both included; with `byUs`, a session time, as it was recorded by then. */
  signals(id: string, first: number, last: number, byUs: number | null = null): Promise<SignalsResponse> {
    const by = byUs === null ? "" : `&by_us=${byUs}`;
    return this.#json("GET", `/interviews/${encodeURIComponent(id)}/signals?from_second=${first}&to_second=${last}${by}`);
  }

  /** Every answer that is recorded. */
  answers(id: string): Promise<AnswersResponse> {
    return this.#json("GET", `/interviews/${encodeURIComponent(id)}/answers`);
  }

  jobs(): Promise<JobGroupNames[]> {
    return this.#json("GET", "/jobs");
  }

  policies(): Promise<ProfileRules[]> {
    return this.#json("GET", "/policies");
  }

  links(id: string): Promise<Link[]> {
    return this.#json("POST", `/interviews/${encodeURIComponent(id)}/links`);
  }

  addApplicant(id: string): Promise<Link> {
    return this.#json("POST", `/interviews/${encodeURIComponent(id)}/participants`);
  }

  async end(id: string): Promise<void> {
    await this.#send("POST", `/interviews/${encodeURIComponent(id)}/end`);
  }

  async #json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.#send(method, path, body);
    return (await response.json()) as T;
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (this.#bearer !== null) headers["Authorization"] = `Bearer ${this.#bearer}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response: Response;
    try {
      response = await fetch(`/api/v1${path}`, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw ProblemError.unreachable();
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}

async function problemOf(response: Response): Promise<ProblemError> {
  try {
    return ProblemError.of((await response.json()) as Problem);
  } catch {
    return new ProblemError("error", `The server answered ${response.status}.`, response.status >= 500);
  }
}

/** The address of a WebSocket on the server that the page came from. */
export function socketUrl(path: string, page: Location = window.location): string {
  return `${page.protocol === "https:" ? "wss" : "ws"}://${page.host}/api/v1${path}`;
}
