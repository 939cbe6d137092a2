import { UserError } from "@/lib/domain/errors";
import { httpCodes } from "./explain-errors";
import { isTrusted } from "./same-site";

type Handler<P> = (request: Request, params: P) => Promise<Response>;

/** Wraps a route handler: refuses foreign sites and turns a `UserError` into its status and sentence. */
export function guarded<P = unknown>(handler: Handler<P>) {
  return async (request: Request, route: { params: Promise<P> }): Promise<Response> => {
    if (!isTrusted(request)) {
      return new Response(
        "This request comes from another site or host. To serve the studio under another name, set PENTIMENTO_HOSTS.",
        { status: 403 },
      );
    }
    try {
      return await handler(request, await route.params);
    } catch (error) {
      if (error instanceof UserError) {
        return Response.json(
          { message: error.message, subject: error.subject },
          { status: httpCodes[error.code].status },
        );
      }
      console.error(error);
      return Response.json({ message: "Something went wrong; the log has the details." }, { status: 500 });
    }
  };
}
