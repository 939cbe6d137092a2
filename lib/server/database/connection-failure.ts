import { UserError } from "@/lib/domain/errors";

/** One sentence on why a database could not be reached; anything unexpected is returned as it is. */
export function explainConnectionFailure(error: unknown, databaseUrl: string): unknown {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  let where = "named by DATABASE_URL";
  let database = "";
  try {
    const url = new URL(databaseUrl);
    where = `at ${url.hostname}:${url.port || 5432}`;
    database = decodeURIComponent(url.pathname.slice(1));
  } catch {
    return new UserError(
      "unavailable",
      "DATABASE_URL is not an address: it must look like postgresql://user:password@host:5432/database.",
      "DATABASE_URL",
    );
  }
  const say = (text: string) => new UserError("unavailable", text, "DATABASE_URL");
  switch (code) {
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EHOSTUNREACH":
    case "ETIMEDOUT":
      return say(`No PostgreSQL answers ${where} (${code}): start it, or correct DATABASE_URL.`);
    case "28P01":
    case "28000":
      return say(`The PostgreSQL ${where} refuses the user or password in DATABASE_URL.`);
    case "3D000":
      return say(`The PostgreSQL ${where} has no database "${database}": create it first.`);
    default:
      return /terminated unexpectedly|does not support SSL/i.test(message)
        ? say(`The server ${where} does not answer like a PostgreSQL (${message}): correct DATABASE_URL.`)
        : error;
  }
}
