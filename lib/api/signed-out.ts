const eventName = "pentimento:signed-out";

/** Called by whatever hears from the studio that the sign-in has ended (status 401). */
export function announceSignedOut(): void {
  globalThis.dispatchEvent?.(new Event(eventName));
}

/** Calls back when a request was refused for want of a sign-in, until the returned function is called. */
export function onSignedOut(listener: () => void): () => void {
  globalThis.addEventListener?.(eventName, listener);
  return () => globalThis.removeEventListener?.(eventName, listener);
}
