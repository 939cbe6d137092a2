"use client";

import { Badge } from "@/components/ui/badge";
import { usePeopleAt } from "./presence-provider";

/** Who else is at a thing now; nothing where nobody is. */
export function PeopleAt({ subject }: { subject: string }) {
  const names = usePeopleAt(subject);
  if (names.length === 0) return null;
  return (
    <Badge tone="accent" title={names.join(", ")}>
      {names.length > 2
        ? `${names.length} others are`
        : `${names.join(" and ")} ${names.length > 1 ? "are" : "is"}`}{" "}
      at it
    </Badge>
  );
}
