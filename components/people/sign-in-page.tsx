"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, TextInput } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { errorText } from "@/components/ui/problem";

/** Uses the link that brought the browser here, or takes one that is pasted. */
export function SignInPage() {
  const router = useRouter();
  const queries = useQueryClient();
  const [pasted, setPasted] = useState("");
  const signIn = useMutation({
    mutationFn: sendSecret,
    onSuccess: async () => {
      await queries.invalidateQueries();
      router.replace("/");
    },
  });
  const { mutate } = signIn;
  const withoutName = useMutation({
    mutationFn: forgetSession,
    onSuccess: () => window.location.assign("/"),
  });

  // The secret stands behind the address's #, which only scripts can read; it is taken out of the history at once.
  useEffect(() => {
    const secret = window.location.hash.slice(1);
    if (!secret) return;
    window.history.replaceState(null, "", window.location.pathname);
    mutate(secret);
  }, [mutate]);

  return (
    <div className="mx-auto max-w-xl px-8 py-8">
      <PageHeader title="Sign in">
        The owner of this studio makes a sign-in link for each member, under People. It works once, within a
        week; after that this browser stays signed in while it is used.
      </PageHeader>
      <Panel>
        {signIn.isPending ? (
          <p role="status">Signing you in …</p>
        ) : (
          <form
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              mutate(pasted.trim().replace(/^.*#/, ""));
            }}
          >
            <Field
              label="Sign-in link"
              hint="Paste the link here, if it did not open by itself."
              error={signIn.isError ? errorText(signIn.error) : null}
            >
              {(ids) => (
                <TextInput
                  {...ids}
                  autoComplete="off"
                  value={pasted}
                  onChange={(event) => setPasted(event.target.value)}
                  placeholder="http://…/sign-in#…"
                />
              )}
            </Field>
            <div className="flex flex-wrap gap-2">
              <Button type="submit" look="primary" disabled={pasted.trim() === ""}>
                Sign in
              </Button>
              <Button disabled={withoutName.isPending} onClick={() => withoutName.mutate()}>
                Go on without signing in
              </Button>
            </div>
            {withoutName.isError && (
              <p role="alert" className="text-xs text-bad">
                {errorText(withoutName.error)}
              </p>
            )}
          </form>
        )}
      </Panel>
    </div>
  );
}

/** On its own machine the studio opens for the owner without a session. */
async function forgetSession(): Promise<void> {
  const response = await fetch("/api/sign-out", { method: "POST" });
  const body: unknown = await response.json().catch(() => null);
  if ((body as { signInRequired?: unknown } | null)?.signInRequired === false) return;
  throw new Error("This studio lets nobody in without signing in. Ask its owner for a link.");
}

async function sendSecret(secret: string): Promise<void> {
  const response = await fetch("/api/sign-in", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret }),
  });
  if (response.ok) return;
  const body: unknown = await response.json().catch(() => null);
  const message = (body as { message?: unknown } | null)?.message;
  throw new Error(typeof message === "string" ? message : "The studio could not sign you in; try again.");
}
