/** A sample's id as part of a file name: ids are made by programs, but files must stay where they are put. */
export function safeName(id: string): string {
  const safe = id.replace(/[^A-Za-z0-9_-]/g, "_");
  return safe === "" ? "_" : safe.slice(0, 120);
}
