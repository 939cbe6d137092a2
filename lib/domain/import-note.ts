/** A line of an import's report. Many reasons begin with the file's name themselves. */
export function noteText({ subject, reason }: { subject: string; reason: string }): string {
  return reason.startsWith(subject) ? reason : `${subject}: ${reason}`;
}
