import { id } from "./contract/shared";

/** Whether a text can be the id of anything: a UUID. */
export function isId(text: string): boolean {
  return id.safeParse(text).success;
}
