"use client";

import { useSearchParams } from "next/navigation";
import { client } from "@/lib/api/client";
import { maskQueueHref, maskQueueOf } from "../desk-links";
import { MaskDesk } from "./mask-desk";

/** The desk with one waiting region after the other. */
export function QueueDesk() {
  const filter = maskQueueOf(useSearchParams());
  return <MaskDesk key={maskQueueHref(filter)} source={{ kind: "queue", filter }} title="Mask queue" />;
}

/** The desk with one region. */
export function RegionDesk({ id }: { id: string }) {
  return (
    <MaskDesk key={id} source={{ kind: "one", load: () => client.masks.get({ id }) }} title="Mask desk" />
  );
}

/** The desk with the region of what the address names: an edit, a seed, a sample or an anchor. */
export function TargetDesk() {
  const params = useSearchParams();
  const named = (["editId", "seedId", "sampleId", "anchorId"] as const).flatMap((name) => {
    const id = params.get(name);
    return id ? [{ name, id }] : [];
  });
  const [first] = named;
  const load = async () => {
    if (!first)
      throw new Error(
        "The address names nothing to draw on: it needs an edit, a seed, a sample or an anchor.",
      );
    const { name, id } = first;
    if (name === "editId") return client.masks.open({ editId: id });
    if (name === "seedId") return client.masks.open({ seedId: id });
    if (name === "sampleId") return client.masks.open({ sampleId: id });
    return client.masks.open({ anchorId: id });
  };
  return <MaskDesk key={first?.id} source={{ kind: "one", load }} title="Mask desk" />;
}
