import { Cell } from "./cell";
import { type DeviceState, openDevices, stopStream } from "./devices";

export interface LocalState {
  camera: DeviceState | "asking";
  microphone: DeviceState | "asking";
}

/** This browser's camera and microphone, and whether they are switched on. */
export class LocalMedia {
  readonly stream = new Cell<MediaStream>(new MediaStream());
  readonly state = new Cell<LocalState>({ camera: "asking", microphone: "asking" });
  readonly muted = new Cell(false);
  readonly cameraOff = new Cell(false);
  #openings = 0;

  /** Ask for both; what is refused or missing is told by `state`. */
  async open(): Promise<void> {
    const opening = ++this.#openings;
    this.state.set({ camera: "asking", microphone: "asking" });
    const { stream, camera, microphone } = await openDevices();
    if (opening !== this.#openings) {
      stopStream(stream);
      return;
    }
    for (const track of stream.getTracks()) {
      track.onended = () => {
        this.#lose(track.kind);
      };
    }
    stopStream(this.stream.value);
    this.stream.set(stream);
    this.state.set({ camera, microphone });
    this.#apply();
  }

  mute(muted: boolean): void {
    this.muted.set(muted);
    this.#apply();
  }

  hide(cameraOff: boolean): void {
    this.cameraOff.set(cameraOff);
    this.#apply();
  }

  close(): void {
    this.#openings++;
    stopStream(this.stream.value);
    this.stream.set(new MediaStream());
  }

  #apply(): void {
    for (const track of this.stream.value.getAudioTracks()) track.enabled = !this.muted.value;
    for (const track of this.stream.value.getVideoTracks()) track.enabled = !this.cameraOff.value;
  }

  #lose(kind: string): void {
    const left = this.stream.value.getTracks().filter((track) => track.kind !== kind);
    this.stream.set(new MediaStream(left));
    this.state.set({ ...this.state.value, [kind === "video" ? "camera" : "microphone"]: "missing" });
  }
}
