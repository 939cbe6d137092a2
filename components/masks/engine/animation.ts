/** Blinking and marching: runs only while something moves. */
export interface Animation {
  readonly dark: boolean;
  /** CSS pixels. */
  readonly march: number;
  set(moves: { blink: boolean; march: boolean }): void;
  stop(): void;
}

const blinkMs = 500;
const marchMs = 120;

/** @param still for people who asked their system for less movement: nothing blinks or marches */
export function createAnimation(still: boolean, redraw: () => void): Animation {
  let dark = false;
  let march = 0;
  let blinking: ReturnType<typeof setInterval> | null = null;
  let marching: ReturnType<typeof setInterval> | null = null;
  const stop = () => {
    if (blinking) clearInterval(blinking);
    if (marching) clearInterval(marching);
    blinking = marching = null;
    dark = false;
  };
  return {
    get dark() {
      return dark;
    },
    get march() {
      return march;
    },
    set(moves) {
      if (still || (moves.blink === (blinking !== null) && moves.march === (marching !== null))) return;
      stop();
      if (moves.blink) {
        blinking = setInterval(() => {
          dark = !dark;
          redraw();
        }, blinkMs);
      }
      if (moves.march) {
        marching = setInterval(() => {
          march += 1;
          redraw();
        }, marchMs);
      }
    },
    stop,
  };
}
