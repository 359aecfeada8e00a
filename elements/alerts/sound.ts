/** Seconds of each of the two tones, and how loud they are. */
const LENGTH = 0.14;
const VOLUME = 0.12;
const TONES = [880, 660];
/** Milliseconds between two beeps: many at once are one. */
const REST = 5000;

let context: AudioContext | undefined;
let last = -REST;

/**
 * Two short tones, made by the browser without any file. Silent until the viewer has pressed something on the page: browsers keep it so, and
 * what is made before would sound later, all at once.
 */
export function beep(): void {
  const now = performance.now();
  if (!navigator.userActivation?.hasBeenActive || now - last < REST) return;
  last = now;
  try {
    context ??= new AudioContext();
    void context.resume();
    const start = context.currentTime + 0.02;
    for (const [index, frequency] of TONES.entries()) tone(context, frequency, start + index * LENGTH * 1.2);
  } catch {
    // A machine without sound.
  }
}

function tone(audio: AudioContext, frequency: number, at: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(VOLUME, at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.001, at + LENGTH);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + LENGTH);
}
