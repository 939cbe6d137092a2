"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { countText } from "@/components/curate/bulk-target";
import { Allowed } from "@/components/people/permission";
import { buttonClass } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { api } from "@/lib/api/client";
import { ChainList } from "./chain-list";
import { readyFilter } from "./ready-filter";
import { ReadySamples } from "./ready-samples";
import { WaitingTurns } from "./waiting-turns";

const readyHref = "/chains?part=ready";

/** Edits in several turns: the chains there are, and what can take another turn. */
export function ChainsPage() {
  const current = useSearchParams().get("part") === "ready" ? "ready" : "chains";
  const ready = useQuery(api.curate.count.queryOptions({ input: { filter: readyFilter } })).data;
  return (
    <Page>
      <PageHeader
        title="Chains"
        actions={
          current === "chains" && (
            <Allowed to="curate">
              <Link href={readyHref} className={buttonClass({ look: "primary" })}>
                Choose what goes on
              </Link>
            </Allowed>
          )
        }
      >
        An approved target can be edited again: it becomes an anchor, and a run over such sample images draws
        the next turn from exactly that picture.
      </PageHeader>
      <Tabs
        label="Chains"
        current={current}
        tabs={[
          { id: "chains", label: "Chains", href: "/chains" },
          { id: "ready", label: ready ? `Can go on: ${countText(ready)}` : "Can go on", href: readyHref },
        ]}
      />
      <WaitingTurns />
      {current === "ready" ? <ReadySamples /> : <ChainList readyHref={readyHref} />}
    </Page>
  );
}
