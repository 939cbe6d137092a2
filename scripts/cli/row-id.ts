import { routeId } from "@/lib/server/api/route-id";

/** Reads an argument as the id of a row; `what` names what it would be the id of. */
export function rowId(what: string): (text: string) => string {
  return (text) => routeId(text.trim(), what);
}
