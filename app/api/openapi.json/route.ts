import { guarded } from "@/lib/server/api/guarded";
import { openApiDocument } from "@/lib/server/api/handlers";

export const dynamic = "force-dynamic";

export const GET = guarded(async () => Response.json(await openApiDocument()));
