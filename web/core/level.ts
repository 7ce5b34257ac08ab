const FLOOR_DBFS = -60;

/** Root mean square of samples in -1..1 as dBFS (full-scale square wave: 0), never below -60. */
export function dbfs(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const power = samples.length === 0 ? 0 : sum / samples.length;
  return power <= 0 ? FLOOR_DBFS : Math.max(FLOOR_DBFS, 10 * Math.log10(power));
}

/** Share of a level meter that `level` dBFS fills, 0..1. */
export function share(level: number): number {
  return Math.min(1, Math.max(0, 1 - level / FLOOR_DBFS));
}

/** Calls `heard` with the microphone's level in dBFS about fifteen times a second, until what it returns is called. */
export function watchLevel(stream: MediaStream, heard: (level: number) => void): () => void {
  if (stream.getAudioTracks().length === 0) return () => undefined;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    heard(dbfs(samples));
  }, 66);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
