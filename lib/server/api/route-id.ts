import { z } from "zod";
import { UserError } from "@/lib/domain/errors";

/** The id in a route's path, in the form in which the database writes it. */
export function routeId(text: string, what: string): string {
  if (!z.uuid().safeParse(text).success)
    throw new UserError("not-found", `There is no ${what} “${text}”; its id is a UUID.`, "id");
  return text.toLowerCase();
}
