import { afterEach, expect, test, vi } from "vitest";
import { Api, socketUrl } from "./api";
import { ProblemError, asProblem } from "./problem";

const PROBLEM = {
  type: "urn:intact:problem:link-expired",
  title: "Link expired",
  status: 401,
  detail: "This link has expired; ask whoever sent it for a new one.",
  code: "link-expired",
  retryable: false,
};

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The server answers every request with `body`. */
function answering(status: number, body: string | null): { asked: [string, RequestInit][] } {
  const asked: [string, RequestInit][] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push([url, init]);
    return Promise.resolve(new Response(body, { status }));
  });
  return { asked };
}

async function problemOf(asking: Promise<unknown>): Promise<ProblemError> {
  return asking.then(
    () => Promise.reject(new Error("expected a problem, none came")),
    (error: unknown) => asProblem(error),
  );
}

test("the bearer is sent where there is one", async () => {
  const { asked } = answering(200, "[]");
  await new Api("key").interviews();
  await new Api().interviews();
  const sent = asked.map(([, { headers }]) => (headers as Record<string, string>)["Authorization"]);
  expect(sent).toEqual(["Bearer key", undefined]);
});

test("an id cannot lead out of its place in an address", async () => {
  const { asked } = answering(204, null);
  await new Api("key").end("../x?y");
  expect(asked[0]?.[0]).toBe("/api/v1/interviews/..%2Fx%3Fy/end");
});

test("a problem of the server keeps its code", async () => {
  answering(401, JSON.stringify(PROBLEM));
  expect(await problemOf(new Api().interviews())).toMatchObject({ code: "link-expired", retryable: false });
});

test("a code that is not known is an error like any other", async () => {
  answering(418, JSON.stringify({ ...PROBLEM, code: "teapot" }));
  expect((await problemOf(new Api().interviews())).code).toBe("error");
});

test.each([
  [502, true],
  [404, false],
])("an answer %i without a problem in it may be retried: %s", async (status, retryable) => {
  answering(status, "<html>");
  expect(await problemOf(new Api().interviews())).toMatchObject({ code: "error", retryable });
});

test("a server that does not answer may be tried again", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  expect(await problemOf(new Api().interviews())).toMatchObject({ code: "unreachable", retryable: true });
});

test("sockets are as safe as the page", () => {
  const page = (protocol: string): Location => ({ protocol, host: "here:8000" }) as Location;
  expect(socketUrl("/signal", page("http:"))).toBe("ws://here:8000/api/v1/signal");
  expect(socketUrl("/signal", page("https:"))).toBe("wss://here:8000/api/v1/signal");
});
