import { oc } from "@orpc/contract";
import { z } from "zod";
import { roles } from "@/lib/domain/abilities";
import { date, id, version } from "./shared";

export const role = z.enum(roles);
export type RoleName = z.infer<typeof role>;

/** What each role may do, for people. */
export const roleSummaries: Readonly<Record<RoleName, string>> = {
  owner: "everything, and who takes part",
  curator: "everything but who takes part",
  reviewer: "review samples",
  annotator: "write seeds and draw masks",
};

export const memberView = z.object({
  id,
  name: z.string(),
  role,
  version: z.int(),
  createdAt: date,
  revokedAt: date.nullable(),
  /** Browsers in which the member is signed in, and the last time one of them was heard of. */
  sessions: z.int(),
  seenAt: date.nullable(),
  tokens: z.array(z.object({ id, name: z.string(), createdAt: date, seenAt: date.nullable() })),
});
export type MemberView = z.infer<typeof memberView>;

const name = z.string().trim().min(1).max(80);
const pageId = z.uuid();

export const people = {
  me: oc.route({ method: "GET", path: "/me", summary: "Who asks" }).output(
    z.object({
      id,
      name: z.string(),
      role,
      /** False for whoever reaches the studio on its own machine without signing in: the owner. */
      signedIn: z.boolean(),
      /** Whether nobody gets in without signing in. */
      signInRequired: z.boolean(),
    }),
  ),
  list: oc
    .route({ method: "GET", path: "/people", summary: "Members, in the order they joined" })
    .output(z.array(memberView)),
  add: oc.route({ method: "POST", path: "/people" }).input(z.object({ name, role })).output(memberView),
  update: oc
    .route({ method: "PATCH", path: "/people/{id}" })
    .input(z.object({ id, version, name: name.optional(), role: role.optional() }))
    .output(memberView),
  /** A link that signs the member in once, within a week. It is shown this one time; a new one replaces it. */
  link: oc
    .route({ method: "POST", path: "/people/{id}/link" })
    .input(z.object({ id }))
    .output(z.object({ path: z.string(), expiresAt: date })),
  /** Takes the member's access away: sessions, links and tokens end; what the member did stays. */
  revoke: oc
    .route({ method: "POST", path: "/people/{id}/revoke" })
    .input(z.object({ id, version }))
    .output(memberView),
  readmit: oc
    .route({ method: "POST", path: "/people/{id}/readmit" })
    .input(z.object({ id, version }))
    .output(memberView),
  /** Signs the member out of every browser. */
  endSessions: oc
    .route({ method: "POST", path: "/people/{id}/end-sessions" })
    .input(z.object({ id }))
    .output(z.object({ ended: z.int() })),
  /** A token for programs: `Authorization: Bearer <token>`. It is shown this one time. */
  createToken: oc
    .route({ method: "POST", path: "/people/{id}/tokens" })
    .input(z.object({ id, name }))
    .output(z.object({ id, token: z.string() })),
  revokeToken: oc
    .route({ method: "DELETE", path: "/people/{id}/tokens/{tokenId}" })
    .input(z.object({ id, tokenId: id }))
    .output(z.object({ id })),
  /**
   * Says where an open page is, every half minute, and hears who else is there: at the same subject (a sample or
   * region), or else on the same page.
   */
  here: oc
    .route({ method: "POST", path: "/presence" })
    .input(
      z.object({
        pageId,
        place: z.string().max(200),
        subject: z.string().max(100).optional(),
        leaving: z.boolean().default(false),
      }),
    )
    .output(
      z.array(
        z.object({
          memberId: id,
          name: z.string(),
          place: z.string(),
          subject: z.string().nullable(),
          same: z.boolean(),
        }),
      ),
    ),
};
