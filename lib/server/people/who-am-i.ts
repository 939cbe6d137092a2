import { type Context, requireAbility } from "../context";

/** Who asks, and how the studio knows. */
export function whoAmI(context: Context) {
  requireAbility(context, "read");
  const { memberId, name, role, sessionId } = context.caller;
  return {
    id: memberId,
    name,
    role,
    signedIn: sessionId !== undefined,
    signInRequired: context.signInRequired ?? false,
  };
}
