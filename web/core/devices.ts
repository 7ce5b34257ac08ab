/** How one device stands. */
export type DeviceState = "on" | "refused" | "missing" | "busy";

export interface Devices {
  stream: MediaStream;
  camera: DeviceState;
  microphone: DeviceState;
}

const VIDEO: MediaTrackConstraints = {
  facingMode: "user",
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};
const AUDIO: MediaTrackConstraints = { channelCount: { ideal: 1 }, echoCancellation: true };

/** Whether this browser, at this address, can hold a video call at all. */
export function canCall(): boolean {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return typeof devices?.getUserMedia === "function" && typeof RTCPeerConnection === "function";
}

/** Camera and microphone, or as much of both as there is and is allowed. */
export async function openDevices(): Promise<Devices> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: VIDEO, audio: AUDIO });
    return { stream, camera: "on", microphone: "on" };
  } catch {
    const [camera, video] = await openOne("camera", { video: VIDEO });
    const [microphone, audio] = await openOne("microphone", { audio: AUDIO });
    return { stream: new MediaStream([...video, ...audio]), camera, microphone };
  }
}

async function openOne(
  name: "camera" | "microphone",
  constraints: MediaStreamConstraints,
): Promise<[DeviceState, MediaStreamTrack[]]> {
  if (await isDenied(name)) return ["refused", []];
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    return ["on", stream.getTracks()];
  } catch (error) {
    return [stateOf(error), []];
  }
}

/** What an error of `getUserMedia` says of the device (W3C Media Capture and Streams, 10.3). */
export function stateOf(error: unknown): DeviceState {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "missing";
  }
}

async function isDenied(name: "camera" | "microphone"): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name })).state === "denied";
  } catch {
    return false;
  }
}

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
