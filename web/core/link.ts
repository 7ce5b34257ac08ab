import type { PeerInfo } from "./wire.generated";

/** The seat a link is for, read without checking its signature (the server does that). */
export interface Seat {
  interview: string;
  participant: string;
  role: PeerInfo["role"];
}

/** What stands behind the `#` of a page's address. */
export interface Address {
  /** A participant's token. */
  link: string | null;
  /** The host key. */
  key: string | null;
  /** The interview that the host looks at. */
  interview: string | null;
  /** The interview that the host replays. */
  replay: string | null;
}

export function readHash(hash: string): Address {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  return { link: fields.get("link"), key: fields.get("key"), interview: fields.get("interview"), replay: fields.get("replay") };
}

/** The host's address of the list, or of one interview. */
export function hostHash(key: string, interview?: string): string {
  const fields = new URLSearchParams(interview === undefined ? { key } : { key, interview });
  return `#${fields.toString()}`;
}

/** The host's address of an interview's replay. */
export function replayHash(key: string, replay: string): string {
  return `#${new URLSearchParams({ key, replay }).toString()}`;
}

/** The seat named in a token of `api/link.py`: base64url JSON, zlib-compressed where it starts with a dot. */
export async function seatOf(token: string): Promise<Seat | null> {
  const compressed = token.startsWith(".");
  const payload = (compressed ? token.slice(1) : token).split(".")[0] ?? "";
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const text = compressed ? await inflate(bytes) : new TextDecoder().decode(bytes);
    return seat(JSON.parse(text));
  } catch {
    return null;
  }
}

function seat(content: unknown): Seat | null {
  if (!Array.isArray(content)) return null;
  const [interview, participant, role] = content as unknown[];
  if (typeof interview !== "string" || typeof participant !== "string") return null;
  return role === "applicant" || role === "interviewer" ? { interview, participant, role } : null;
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}
