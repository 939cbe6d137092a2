import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/fetch";
import type { ContractRouterClient } from "@orpc/contract";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import type { Contract } from "./contract";
import { announceSignedOut } from "./signed-out";

const link = new RPCLink({
  async fetch(request, init) {
    const response = await globalThis.fetch(request, init);
    if (response.status === 401) announceSignedOut();
    return response;
  },
  url: () => new URL("/api/rpc", globalThis.location?.origin ?? "http://localhost:3000").href,
});

/** The typed API: `await client.seeds.list({ limit: 60 })`. */
export const client: ContractRouterClient<Contract> = createORPCClient(link);

/** The same with query keys and options for TanStack Query: `useQuery(api.seeds.list.queryOptions({ input }))`. */
export const api = createTanstackQueryUtils(client);
