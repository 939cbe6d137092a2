/** Runs once what was asked for before is on screen; in a hidden tab, which paints nothing, soon. */
export function afterPaint(work: () => void): void {
  if (document.visibilityState === "hidden") setTimeout(work);
  else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(work)));
}
