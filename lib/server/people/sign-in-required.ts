import { isLocalName } from "../api/same-site";

/**
 * Whether a request needs somebody who has signed in. By default whoever reaches the loopback address is the owner;
 * not so with PENTIMENTO_SIGN_IN=required, when the studio listens to the network (HOST), or when it is reached under
 * another name, through a proxy (PENTIMENTO_HOSTS).
 */
export function signInRequired(
  host: string,
  environment: Record<string, string | undefined> = process.env,
): boolean {
  const setting = environment.PENTIMENTO_SIGN_IN?.trim() || "open";
  const listensTo = environment.HOST || "127.0.0.1";
  const loopback = isLocalName(listensTo) || listensTo === "::1" || listensTo.startsWith("127.");
  // Any other word than the default is taken for the careful choice.
  return setting !== "open" || !loopback || !isLocalName(host);
}
