const intervalMs = 300;

/**
 * Asks until `done` holds of an answer, and returns that answer.
 * @param what the sentence's beginning where it never does: what was waited for
 * @throws after `seconds`, with `what` and the last answer
 */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T>,
  done: (answer: T) => boolean,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (done(answer)) return answer;
    if (performance.now() > end) {
      throw new Error(`${what} did not come within ${seconds} s; last seen: ${JSON.stringify(answer)}`);
    }
    await new Promise((wait) => setTimeout(wait, intervalMs));
  }
}
