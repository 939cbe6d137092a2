const intervalMs = 500;

/** Asks again and again until `done` holds, showing each answer, and returns the last one. */
export async function poll<T>(
  ask: () => Promise<T>,
  done: (answer: T) => boolean,
  show: (answer: T) => void,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    show(answer);
    if (done(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
