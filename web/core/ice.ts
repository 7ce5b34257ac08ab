import type { IceServer } from "./wire.generated";

/** The servers of a welcome as the browser wants them. */
export function iceServers(servers: IceServer[]): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username == null ? {} : { username }),
    ...(credential == null ? {} : { credential }),
  }));
}

/** Resolves when `connection` has found its own candidates, or after `milliseconds` with what it has by then. */
export async function gathered(connection: RTCPeerConnection, milliseconds: number): Promise<void> {
  if (connection.iceGatheringState === "complete") return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    });
  });
}
