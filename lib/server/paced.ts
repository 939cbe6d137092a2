import { paceRequests } from "@/lib/generators/pace-requests";

const paces = new Map<string, ReturnType<typeof paceRequests>>();

/** The pace of a server's requests in this process, shared by all runs that ask for the same. */
export function pacedBy(baseUrl: string, perMinute: number): ReturnType<typeof paceRequests> {
  const key = `${perMinute} ${baseUrl}`;
  const pace = paces.get(key) ?? paceRequests(perMinute);
  paces.set(key, pace);
  return pace;
}
