"use client";

import Link from "next/link";
import { useDeferredValue, useRef } from "react";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { Allowed } from "@/components/people/permission";
import { Button, buttonClass } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { useAddress, useAddressText } from "@/components/ui/use-address";
import { anchorFilterOf, anchorParts, readAnchorAddress } from "./anchor-address";
import { AnchorFilters } from "./anchor-filters";
import { AnchorList } from "./anchor-list";
import { ImportDialog } from "./import-dialog";
import { RecentImports } from "./recent-imports";

/** The images that everything is anchored on: those that were added, and those that samples made of them. */
export function AnchorsPage() {
  const [params, setParams] = useAddress();
  const [search, setSearch] = useAddressText("q");
  const address = { ...readAnchorAddress(params), search: useDeferredValue(search) };
  const added = address.part === "added";
  const field = useRef<HTMLInputElement>(null);
  useShortcuts([{ id: "search", label: "Search captions", keys: ["/"], run: () => field.current?.select() }]);
  const add = (
    <Allowed to="curate">
      <Button look="primary" onClick={() => setParams({ import: "1" })}>
        Add anchors
      </Button>
    </Allowed>
  );
  const chains = (
    <Link href="/chains" className={buttonClass({})}>
      To the chains
    </Link>
  );
  return (
    <Page>
      <PageHeader title="Anchors" actions={added ? add : chains}>
        {added
          ? "Photographs and scenes that you added, with captions. Every chain of edits starts from one, which keeps the dataset as varied as your images."
          : "Targets of approved samples that were sent on to a next turn. A model made them; only runs that ask for sample images use them."}
      </PageHeader>
      <Tabs label="Anchors" tabs={anchorParts} current={address.part} />
      {added && <RecentImports />}
      <AnchorFilters
        address={{ ...address, search }}
        onSearch={setSearch}
        fieldRef={field}
        onChange={setParams}
      />
      <AnchorList
        // The other part begins anew: its heading must not stand over these images.
        key={address.part}
        filter={anchorFilterOf(address)}
        filtered={address.show !== "all" || address.search.trim() !== ""}
        empty={
          added
            ? {
                title: "No anchors yet",
                text: "Import a folder of photographs with captions, or draw a few Storybook scenes to see the whole pipeline at work within a minute.",
                action: add,
              }
            : {
                title: "No sample images yet",
                text: "When you send approved samples on to their next turn, under Chains, their targets stand here.",
                action: chains,
              }
        }
      />
      <ImportDialog open={params.has("import")} onClose={() => setParams({ import: null })} />
    </Page>
  );
}
