/** The address of the form for a run over what was sent on together; without an import over all sample images. */
export function nextTurnRunHref(importId: string | null): string {
  const query = new URLSearchParams({ origin: "sample", ...(importId && { import: importId }) });
  return `/runs/new?${query}`;
}
