"use client";

import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { useAddress } from "@/components/ui/use-address";
import type { SampleFilter } from "@/lib/api/contract/curate";
import { BulkHistory } from "./bulk-history";
import { FilterBar } from "./filter-bar";
import { addressOfFilter, filterOfAddress } from "./filter-state";
import { MapPanel } from "./map-panel";
import { SampleList } from "./sample-list";

const tabs = [
  { id: "list", label: "List", href: "/samples" },
  { id: "map", label: "Map", href: "/samples?part=map" },
  { id: "actions", label: "Actions", href: "/samples?part=actions" },
] as const;

/** Finds samples by anything that is known of them, and does things to many at once. */
export function SamplesPage() {
  const [params, change] = useAddress();
  const current = tabs.find(({ id }) => id === params.get("part"))?.id ?? "list";
  const filter = filterOfAddress(params.get("f"));
  const setFilter = (next: SampleFilter) => change({ f: addressOfFilter(next) });
  return (
    <Page wide>
      <PageHeader title="Samples">
        Every candidate that passed a selection policy: search, compare, tag, and decide on many at once.
      </PageHeader>
      <Tabs label="Samples" tabs={tabs} current={current} />
      {current === "list" && (
        <>
          <FilterBar filter={filter} onChange={setFilter} />
          <SampleList filter={filter} counted />
        </>
      )}
      {current === "map" && <MapPanel />}
      {current === "actions" && <BulkHistory />}
    </Page>
  );
}
