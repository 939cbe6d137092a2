export const roles = ["owner", "curator", "reviewer", "annotator"] as const;
export type Role = (typeof roles)[number];

const abilities = {
  read: ["owner", "curator", "reviewer", "annotator"],
  annotate: ["owner", "curator", "annotator"],
  review: ["owner", "curator", "reviewer"],
  curate: ["owner", "curator"],
  manage: ["owner"],
} satisfies Record<string, Role[]>;
export type Ability = keyof typeof abilities;

/** Whether a role may do a kind of thing. */
export function roleMay(role: Role, ability: Ability): boolean {
  return (abilities[ability] as Role[]).includes(role);
}

/** The roles that may do a kind of thing, in words: "owners and curators". */
export function whoMay(ability: Ability): string {
  const names = abilities[ability].map((role) => `${role}s`);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : String(names[0]);
}
