"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { formatDay, formatMoment } from "@/components/ui/format";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import { type MemberView, role as roleSchema, roleSummaries } from "@/lib/api/contract/people";
import type { Link } from "./link-dialog";
import { initialsOf } from "./member-badge";

interface Props {
  member: MemberView;
  isMe: boolean;
  mayManage: boolean;
  onLink: (link: Link) => void;
}

export function MemberRow({ member, isMe, mayManage, onLink }: Props) {
  const toasts = useToasts();
  const { id, name, role, version, revokedAt } = member;
  const queries = useQueryClient();
  const complaints = {
    onError: (error: unknown) => toasts.complain(error),
    onSettled: () => queries.invalidateQueries({ queryKey: api.people.list.key() }),
  };
  const update = useMutation(api.people.update.mutationOptions(complaints));
  const readmit = useMutation(api.people.readmit.mutationOptions(complaints));
  const revoke = useMutation(
    api.people.revoke.mutationOptions({
      ...complaints,
      onSuccess: (gone) =>
        toasts.say(`${name} can no longer get in; what they did stays.`, {
          label: "Undo",
          run: () => readmit.mutate({ id, version: gone.version }),
        }),
    }),
  );
  const endSessions = useMutation(
    api.people.endSessions.mutationOptions({
      ...complaints,
      onSuccess: ({ ended }) =>
        toasts.say(`${name} is signed out of ${ended === 1 ? "one browser" : `${ended} browsers`}.`),
    }),
  );
  const link = useMutation(
    api.people.link.mutationOptions({
      ...complaints,
      onSuccess: ({ path }) => onLink({ kind: "link", name, text: window.location.origin + path }),
    }),
  );
  const token = useMutation(
    api.people.createToken.mutationOptions({
      ...complaints,
      onSuccess: ({ token: text }) => onLink({ kind: "token", name, text }),
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3">
      <span
        aria-hidden
        className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft text-sm font-semibold text-accent"
      >
        {initialsOf(name)}
      </span>
      <div className="min-w-40 flex-1">
        <p className="flex items-center gap-2 font-medium">
          {name}
          {isMe && <Badge tone="accent">you</Badge>}
          {revokedAt && <Badge tone="warn">no access</Badge>}
        </p>
        <p className="text-xs text-ink-soft">
          {revokedAt ? `access ended ${formatDay(revokedAt)}` : accessText(member)}
        </p>
        <Tokens member={member} />
      </div>
      {mayManage && !revokedAt ? (
        <Select
          aria-label={`Role of ${name}`}
          title={`May do: ${roleSummaries[role]}`}
          value={role}
          disabled={update.isPending}
          className="w-36!"
          onChange={(event) => update.mutate({ id, version, role: roleSchema.parse(event.target.value) })}
        >
          {roleSchema.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </Select>
      ) : (
        <Badge title={roleSummaries[role]}>{role}</Badge>
      )}
      {(mayManage || isMe) && (
        <div className="flex flex-wrap gap-1.5">
          {mayManage && !revokedAt && (
            <Button size="small" disabled={link.isPending} onClick={() => link.mutate({ id })}>
              New sign-in link
            </Button>
          )}
          {!revokedAt && (
            <Button size="small" disabled={token.isPending} onClick={() => token.mutate({ id, name: "API" })}>
              New token
            </Button>
          )}
          {member.sessions > 0 && (
            <Button size="small" onClick={() => endSessions.mutate({ id })}>
              Sign out everywhere
            </Button>
          )}
          {mayManage && !isMe && !revokedAt && (
            <Button size="small" look="danger" onClick={() => revoke.mutate({ id, version })}>
              End access
            </Button>
          )}
          {mayManage && revokedAt && (
            <Button size="small" onClick={() => readmit.mutate({ id, version })}>
              Readmit
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function accessText({ sessions, seenAt }: MemberView): string {
  if (sessions === 0) return seenAt ? "not signed in now" : "has not signed in yet";
  return `signed in in ${sessions === 1 ? "one browser" : `${sessions} browsers`}`;
}

function Tokens({ member }: { member: MemberView }) {
  const toasts = useToasts();
  const queries = useQueryClient();
  const revoke = useMutation(
    api.people.revokeToken.mutationOptions({
      onError: (error) => toasts.complain(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.people.list.key() }),
    }),
  );
  if (member.tokens.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-col gap-0.5 text-xs text-ink-soft">
      {member.tokens.map((token) => (
        <li key={token.id} className="flex items-center gap-2">
          Token of {formatDay(token.createdAt)},{" "}
          {token.seenAt ? `last used ${formatDay(token.seenAt)}` : "not used yet"}
          <button
            type="button"
            className="underline underline-offset-2 hover:text-ink"
            aria-label={`Revoke the token of ${member.name} of ${formatMoment(token.createdAt)}`}
            onClick={() => revoke.mutate({ id: member.id, tokenId: token.id })}
          >
            Revoke
          </button>
        </li>
      ))}
    </ul>
  );
}
