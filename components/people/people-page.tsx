"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { AddMemberDialog } from "./add-member-dialog";
import { type Link, LinkDialog } from "./link-dialog";
import { MemberRow } from "./member-row";

/** Who takes part, and how each of them gets in. */
export function PeoplePage() {
  const [adding, setAdding] = useState(false);
  const [link, setLink] = useState<Link | null>(null);
  const me = useQuery(api.people.me.queryOptions());
  const people = useQuery(api.people.list.queryOptions());
  const mayManage = me.data?.role === "owner";
  useShortcuts([
    { id: "add-member", label: "Add a member", keys: [], enabled: mayManage, run: () => setAdding(true) },
  ]);
  return (
    <Page>
      <PageHeader
        title="People"
        actions={
          mayManage && (
            <Button look="primary" onClick={() => setAdding(true)}>
              Add a member
            </Button>
          )
        }
      >
        {me.data && !me.data.signInRequired
          ? "Whoever opens this studio on its own machine works as the owner without signing in. Members sign in with a link, so that every decision carries the name of who made it."
          : "Members sign in with a link, so that every decision carries the name of who made it."}
      </PageHeader>
      {people.isError && <Problem error={people.error} onRetry={() => people.refetch()} />}
      {people.isPending && (
        <Loading>
          <Skeleton className="h-40" />
        </Loading>
      )}
      {people.data && (
        <ul className="divide-y divide-line rounded-xl border border-line bg-panel">
          {people.data.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              isMe={member.id === me.data?.id}
              mayManage={mayManage}
              onLink={setLink}
            />
          ))}
        </ul>
      )}
      <AddMemberDialog open={adding} onClose={() => setAdding(false)} onAdded={setLink} />
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </Page>
  );
}
