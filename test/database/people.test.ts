import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RoleName } from "@/lib/api/contract/people";
import type { Context } from "@/lib/server/context";
import {
  addMember,
  listMembers,
  readmitMember,
  revokeMember,
  updateMember,
} from "@/lib/server/people/manage-members";
import { saidHere } from "@/lib/server/people/presence";
import { resolveCaller } from "@/lib/server/people/resolve-caller";
import { sessionCookie } from "@/lib/server/people/session-cookie";
import { signIn, signOut } from "@/lib/server/people/sessions";
import { createLink, createToken, endSessions, revokeToken } from "@/lib/server/people/sign-in-links";
import { signInRequired } from "@/lib/server/people/sign-in-required";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
beforeAll(async () => {
  test = await createTestStudio();
});
afterAll(() => test.close());

const asked = (headers: Record<string, string>, host = "localhost:3000") =>
  new Request(`http://${host}/api/rpc`, { headers: { host, ...headers } });
const add = (name: string, role: RoleName = "reviewer") => addMember(test.context, { name, role });
const linkSecret = async (id: string) => (await createLink(test.context, id)).path.split("#")[1]!;
const cookieOf = (secret: string, host = "studio.example") =>
  sessionCookie(asked({}, host), secret).split(";")[0]!;
const contextOf = (member: { id: string; name: string; role: RoleName }): Context => ({
  ...test.context,
  caller: {
    projectId: test.context.caller.projectId,
    memberId: member.id,
    name: member.name,
    role: member.role,
  },
});

describe("signing in", () => {
  it("works once for each link, and keeps no secret in the database", async () => {
    const ada = await add("Ada");
    const secret = await linkSecret(ada.id);
    const tries = await Promise.all(Array.from({ length: 5 }, () => signIn(test.studio, secret, "Firefox")));
    const [signedIn, ...others] = tries.filter((one) => one !== null);
    expect(others).toEqual([]);
    expect(signedIn!.caller).toMatchObject({ memberId: ada.id, name: "Ada", role: "reviewer" });
    expect(
      await resolveCaller(
        test.studio,
        asked({ cookie: `a=b; ${cookieOf(signedIn!.secret, "localhost:3000")}` }),
      ),
    ).toMatchObject({
      name: "Ada",
    });
    const rows = JSON.stringify([
      await test.studio.db.signInLink.findMany(),
      await test.studio.db.session.findMany(),
    ]);
    expect(rows).not.toContain(secret);
    expect(rows).not.toContain(signedIn!.secret);
  });

  it("refuses links that a newer one replaced, that are old, or whose member is gone", async () => {
    const ben = await add("Ben");
    const first = await linkSecret(ben.id);
    const second = await linkSecret(ben.id);
    expect(await signIn(test.studio, first, null)).toBeNull();
    await test.studio.db.signInLink.updateMany({
      where: { memberId: ben.id },
      data: { expiresAt: new Date(0) },
    });
    expect(await signIn(test.studio, second, null)).toBeNull();
    const third = await linkSecret(ben.id);
    await revokeMember(test.context, ben);
    expect(await signIn(test.studio, third, null)).toBeNull();
    await expect(createLink(test.context, ben.id)).rejects.toThrow("access was taken away");
  });

  it("sets a cookie that scripts and other sites cannot use", () => {
    expect(sessionCookie(asked({}), "x")).toBe(
      "pentimento_session_3000=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000",
    );
    expect(sessionCookie(asked({ "x-forwarded-proto": "https" }), "x")).toMatch(/; Secure$/);
  });

  it("ends with sign-out, expiry and revocation, and slides while it is used", async () => {
    const cleo = await add("Cleo");
    const { db } = test.studio;
    const { secret } = (await signIn(test.studio, await linkSecret(cleo.id), null))!;
    const request = () => asked({ cookie: cookieOf(secret) }, "studio.example");
    const soon = new Date(Date.now() + 60_000);
    await db.session.updateMany({
      where: { memberId: cleo.id },
      data: { expiresAt: soon, seenAt: new Date(0) },
    });
    expect((await resolveCaller(test.studio, request())).name).toBe("Cleo");
    const { expiresAt } = await db.session.findFirstOrThrow({ where: { memberId: cleo.id } });
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(29 * 86_400_000);
    await db.session.updateMany({
      where: { memberId: cleo.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await expect(resolveCaller(test.studio, request())).rejects.toMatchObject({ code: "signed-out" });
    const again = (await signIn(test.studio, await linkSecret(cleo.id), null))!;
    await signOut(test.studio, again.secret);
    await expect(
      resolveCaller(test.studio, asked({ cookie: cookieOf(again.secret) }, "studio.example")),
    ).rejects.toThrow("Your sign-in has ended");
    const last = (await signIn(test.studio, await linkSecret(cleo.id), null))!;
    expect((await endSessions(test.context, cleo.id)).ended).toBe(1);
    await expect(
      resolveCaller(test.studio, asked({ cookie: cookieOf(last.secret) }, "studio.example")),
    ).rejects.toMatchObject({ code: "signed-out" });
  });
});

describe("who gets in", () => {
  it("is the owner on the loopback address, and nobody elsewhere without signing in", async () => {
    expect(await resolveCaller(test.studio, asked({}))).toMatchObject({ role: "owner" });
    await expect(resolveCaller(test.studio, asked({}, "studio.example"))).rejects.toThrow("Sign in first");
    for (const [host, environment, required] of [
      ["localhost:3000", {}, false],
      ["127.0.0.1:3000", { HOST: "127.0.0.1" }, false],
      ["[::1]:3000", { HOST: "::1" }, false],
      ["localhost:3000", { PENTIMENTO_SIGN_IN: "required" }, true],
      ["localhost:3000", { PENTIMENTO_SIGN_IN: "Required " }, true],
      ["localhost:3000", { HOST: "0.0.0.0" }, true],
      ["localhost:3000", { HOST: "192.168.1.4" }, true],
      ["studio.example", {}, true],
    ] as const) {
      expect([host, environment, signInRequired(host, environment)]).toEqual([host, environment, required]);
    }
  });

  it("is the member of a token until it is revoked", async () => {
    const dora = await add("Dora", "curator");
    const { id, token } = await createToken(contextOf(dora), { id: dora.id, name: "nightly import" });
    const request = () => asked({ authorization: `Bearer ${token}` }, "studio.example");
    expect(await resolveCaller(test.studio, request())).toMatchObject({ name: "Dora", role: "curator" });
    const [listed] = (await listMembers(test.context)).filter((member) => member.id === dora.id);
    expect(listed!.tokens).toMatchObject([{ name: "nightly import" }]);
    await revokeToken(contextOf(dora), { id: dora.id, tokenId: id });
    await expect(resolveCaller(test.studio, request())).rejects.toThrow("This token is not known");
    // A wrong token is refused even where signing in is not required.
    await expect(
      resolveCaller(test.studio, asked({ authorization: "Bearer nonsense" })),
    ).rejects.toMatchObject({
      code: "signed-out",
    });
  });
});

describe("managing people", () => {
  it("is for owners", async () => {
    const eve = await add("Eve", "curator");
    const context = contextOf(eve);
    await expect(addMember(context, { name: "Mallory", role: "owner" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(updateMember(context, { ...eve, role: "owner" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(createLink(context, test.context.caller.memberId)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(createToken(context, { id: test.context.caller.memberId, name: "x" })).rejects.toMatchObject(
      {
        code: "forbidden",
      },
    );
    expect((await listMembers(context)).map(({ name }) => name)).toContain("Owner");
  });

  it("says so when a name is taken or somebody was quicker", async () => {
    const finn = await add("Finn");
    await expect(add("finn")).rejects.toThrow("There is a member called Finn already");
    const changed = await updateMember(test.context, { ...finn, role: "annotator" });
    expect(changed).toMatchObject({ role: "annotator", version: 2 });
    await expect(updateMember(test.context, { ...finn, role: "curator" })).rejects.toThrow(
      "Somebody changed Finn",
    );
  });

  it("always leaves an owner, also when two demote each other at once", async () => {
    const { memberId } = test.context.caller;
    const me = (await listMembers(test.context)).find(({ id }) => id === memberId)!;
    await expect(updateMember(test.context, { ...me, role: "curator" })).rejects.toThrow(
      "at least one owner",
    );
    await expect(revokeMember(test.context, me)).rejects.toThrow("your own access");
    const gus = await add("Gus", "owner");
    const outcomes = await Promise.allSettled([
      updateMember(test.context, { id: gus.id, version: gus.version, role: "reviewer" }),
      updateMember(contextOf(gus), { id: me.id, version: me.version, role: "reviewer" }),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await test.studio.db.member.update({ where: { id: memberId }, data: { role: "owner" } });
  });

  it("takes access away at once and gives it back without what it was reached by", async () => {
    const hal = await add("Hal");
    const { secret } = (await signIn(test.studio, await linkSecret(hal.id), null))!;
    const { token } = await createToken(test.context, { id: hal.id, name: "x" });
    const gone = await revokeMember(test.context, hal);
    expect(gone.revokedAt).not.toBeNull();
    const far = "studio.example";
    // Nor does the browser become the owner's without a word where signing in is not required.
    const near = { cookie: cookieOf(secret).replace("session", "session_3000") };
    await expect(resolveCaller(test.studio, asked(near))).rejects.toMatchObject({ code: "signed-out" });
    const ways: Record<string, string>[] = [
      { cookie: cookieOf(secret) },
      { authorization: `Bearer ${token}` },
    ];
    for (const headers of ways) {
      await expect(resolveCaller(test.studio, asked(headers, far))).rejects.toMatchObject({
        code: "signed-out",
      });
    }
    const back = await readmitMember(test.context, gone);
    expect(back).toMatchObject({ revokedAt: null, sessions: 0, tokens: [] });
    await expect(resolveCaller(test.studio, asked({ cookie: cookieOf(secret) }, far))).rejects.toMatchObject({
      code: "signed-out",
    });
  });
});

describe("presence", () => {
  it("tells who else is at a sample until they leave or fall silent", async () => {
    const [ida, jo] = [contextOf(await add("Ida")), contextOf(await add("Jo"))];
    const [first, second] = [randomUUID(), randomUUID()];
    const at = { place: "/review", subject: "sample:1", leaving: false };
    expect(await saidHere(ida, { pageId: first, ...at })).toEqual([]);
    expect(await saidHere(jo, { pageId: second, ...at })).toMatchObject([{ name: "Ida", same: true }]);
    await saidHere(ida, { pageId: first, ...at, subject: "sample:2" });
    expect(await saidHere(jo, { pageId: second, ...at })).toMatchObject([{ name: "Ida", same: false }]);
    await test.studio.db.presence.update({
      where: { pageId: first },
      data: { seenAt: new Date(Date.now() - 100_000) },
    });
    expect(await saidHere(jo, { pageId: second, ...at })).toEqual([]);
    await saidHere(jo, { pageId: second, ...at, leaving: true });
    expect(await saidHere(ida, { pageId: first, ...at })).toEqual([]);
  });
});
