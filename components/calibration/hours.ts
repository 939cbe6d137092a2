/** `1.4 h`, or minutes where it is less than one hour. */
export function formatHours(hours: number): string {
  if (hours >= 100) return `${Math.round(hours)} h`;
  return hours >= 1 ? `${hours.toFixed(1)} h` : `${Math.round(hours * 60)} min`;
}
