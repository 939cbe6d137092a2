import { OpenAPIGenerator } from "@orpc/openapi";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { ORPCError, onError } from "@orpc/server";
import { RPCHandler } from "@orpc/server/fetch";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { softwareVersion } from "../software-version";
import { router } from "./router";

/** What nobody foresaw goes to the log with its stack; the caller gets a plain 500. */
function logUnforeseen(error: unknown): void {
  if (!(error instanceof ORPCError)) console.error(error);
}

/** The browser's protocol, under `/api/rpc`. */
export const rpcHandler = new RPCHandler(router, { interceptors: [onError(logUnforeseen)] });

/** The same as plain REST, under `/api/v1`, for scripts in any language. */
export const restHandler = new OpenAPIHandler(router, { interceptors: [onError(logUnforeseen)] });

const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });

/** The OpenAPI document of the REST API. */
export function openApiDocument() {
  return generator.generate(router, {
    info: { title: "Pentimento", version: softwareVersion },
    servers: [{ url: "/api/v1" }],
  });
}
