/** The keys of `g a`, pressed one after the other; a single key is one, Space (` `) too. */
export function keysInTurn(keys: string): string[] {
  return keys.split(/(?<=.) (?=.)/);
}

/** Whether a sequence begins with the key. */
export function startsSequence(keys: string, key: string): boolean {
  return keys.length > key.length && keys.startsWith(`${key} `);
}
