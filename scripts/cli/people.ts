import type { Command } from "commander";
import { UserError } from "@/lib/domain/errors";
import { listMembers } from "@/lib/server/people/manage-members";
import { createLink } from "@/lib/server/people/sign-in-links";
import { withStudio } from "./with-studio";

export function addPeopleCommand(program: Command): void {
  const people = program.command("people").description("List members and make sign-in links");
  people
    .command("list")
    .description("Members with their roles")
    .action(() =>
      withStudio("people list", { work: false }, async (context) => {
        for (const { name, role, revokedAt } of await listMembers(context)) {
          console.log(`${name}  ${role}${revokedAt ? "  (no access)" : ""}`);
        }
      }),
    );
  people
    .command("link")
    .description("Print a link that signs a member in once, as the owner needs where signing in is required")
    .argument("[name]", "the member; the first owner by default")
    .option("--url <url>", "address under which the studio is reached", "http://localhost:3000")
    .action((name: string | undefined, { url }: { url: string }) =>
      withStudio("people link", { work: false }, async (context) => {
        const members = await listMembers(context);
        const wanted = name?.toLowerCase();
        const member = members.find((one) =>
          wanted ? one.name.toLowerCase() === wanted : one.role === "owner" && !one.revokedAt,
        );
        if (!member)
          throw new UserError("not-found", `There is no member called “${name}”; see “people list”.`, "name");
        const { path, expiresAt } = await createLink(context, member.id);
        console.log(`${url.replace(/\/$/, "")}${path}`);
        console.log(`Signs ${member.name} in once, until ${expiresAt.toISOString().slice(0, 10)}.`);
      }),
    );
}
