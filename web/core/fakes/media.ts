/** A track without a device. */
export class FakeTrack {
  enabled = true;
  stopped = false;
  readonly clones: FakeTrack[] = [];
  readonly kind: "audio" | "video";
  readonly height: number;

  constructor(kind: "audio" | "video", height = 720) {
    this.kind = kind;
    this.height = height;
  }

  clone(): FakeTrack {
    const copy = new FakeTrack(this.kind, this.height);
    this.clones.push(copy);
    return copy;
  }

  stop(): void {
    this.stopped = true;
  }

  applyConstraints(): Promise<void> {
    return Promise.resolve();
  }

  getSettings(): { height: number } {
    return { height: this.height };
  }
}

/** A stream of such tracks. */
export class FakeMediaStream {
  readonly #tracks: FakeTrack[];

  constructor(tracks: FakeTrack[] = []) {
    this.#tracks = tracks;
  }

  getTracks(): FakeTrack[] {
    return this.#tracks;
  }

  getAudioTracks(): FakeTrack[] {
    return this.#tracks.filter(({ kind }) => kind === "audio");
  }

  getVideoTracks(): FakeTrack[] {
    return this.#tracks.filter(({ kind }) => kind === "video");
  }
}

/** Camera and microphone as the code under test takes them. */
export function cameraAndMicrophone(): MediaStream {
  return asStream([new FakeTrack("audio"), new FakeTrack("video")]);
}

export function asStream(tracks: FakeTrack[]): MediaStream {
  return new FakeMediaStream(tracks) as unknown as MediaStream;
}
