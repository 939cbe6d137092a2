/** Text from strangers as the database takes it: PostgreSQL stores every character but NUL. */
export function storableText<T extends string | null>(text: T): T {
  return (text === null ? null : text.replaceAll("\0", "")) as T;
}
