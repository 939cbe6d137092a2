/** Slot 0, the adjudicator's, in a ticket's bits; slot n of the reviewers is bit n − 1. */
export const adjudicatorBit = 1 << 5;

/** The bits of the slots 1 to `reviewers`. */
export function slotMask(reviewers: number): number {
  return (1 << reviewers) - 1;
}

/** The lowest free slot of 1 to `reviewers`, or null when all are taken. */
export function freeSlot(taken: number, reviewers: number): number | null {
  for (let slot = 1; slot <= reviewers; slot++) {
    if ((taken & slotBit(slot)) === 0) return slot;
  }
  return null;
}

export function slotBit(slot: number): number {
  return slot === 0 ? adjudicatorBit : 1 << (slot - 1);
}
