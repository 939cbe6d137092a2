"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { Allowed } from "@/components/people/permission";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/field";
import { countOf, formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Picture } from "@/components/ui/picture";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import { editTypeLabel } from "@/lib/domain/edit-types";
import { BulkBar } from "./bulk-bar";
import { type LoadedMap, loadMap } from "./load-map";
import { createMapCanvas, type MapCanvas } from "./map-canvas";

type Colouring = "state" | "type" | "duplicates";

/** Samples laid out by how alike their target images are; a lasso chooses those around one place. */
export function MapPanel() {
  const toasts = useToasts();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const state = useQuery(api.curate.embedding.queryOptions({ refetchInterval: asked ? 2000 : false }));
  const map = useQuery({
    queryKey: ["embedding-map", state.data?.mapped],
    queryFn: loadMap,
    enabled: (state.data?.mapped ?? 0) > 0,
    structuralSharing: false,
  });
  const embed = useMutation(
    api.curate.embed.mutationOptions({
      onSuccess: () => {
        setAsked(true);
        toasts.say("A worker embeds the samples now.");
        void queries.invalidateQueries({ queryKey: api.curate.embedding.key() });
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  if (state.isError) return <Problem error={state.error} onRetry={() => state.refetch()} />;
  if (map.isError) return <Problem error={map.error} onRetry={() => map.refetch()} />;
  if (!state.data) {
    return (
      <Loading>
        <Skeleton className="h-[60vh]" />
      </Loading>
    );
  }
  const { embedded, samples, encoder, mapped } = state.data;
  const missing = Math.max(0, samples - embedded);
  const button = encoder && samples > 0 && (
    <Allowed to="curate">
      <Button
        look={mapped > 0 ? "plain" : "primary"}
        onClick={() => embed.mutate({})}
        disabled={embed.isPending}
      >
        {missing > 0 ? "Embed the missing ones" : "Lay out the map now"}
      </Button>
    </Allowed>
  );
  if (mapped === 0) {
    return (
      <EmptyState title="No map yet" actions={button}>
        {encoder
          ? missing === 0 && samples > 0
            ? "Every sample has been embedded as it was scored. The map is laid out when their run ends."
            : samples === 0
              ? "Samples are embedded as they are scored; when their run ends, they stand here by how alike they look."
              : `${formatCount(missing)} of ${countOf(samples, "sample")} ${missing === 1 ? "was" : "were"} made before their pack could tell look-alikes, or with other models. A worker looks at each target image once; then the map is laid out.`
          : "No model pack with an image encoder is installed."}
        {asked && ` ${formatCount(embedded)} are done.`}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-[13px] text-ink-soft">
          {countOf(embedded, "sample")} embedded by {encoder?.split("/")[0]}
          {missing > 0 && `, ${formatCount(missing)} not yet`}; {formatCount(mapped)} on the map, which is
          laid out anew when a run ends.
        </p>
        {(missing > 0 || mapped < embedded) && button}
      </div>
      {map.data ? <MapDesk map={map.data} /> : <Skeleton className="h-[60vh]" />}
    </div>
  );
}

/** Colours that differ in both themes; the first three are waiting, approved, rejected. */
const palette = [
  "oklch(0.65 0.03 70)",
  "oklch(0.65 0.15 150)",
  "oklch(0.62 0.19 25)",
  "oklch(0.65 0.15 250)",
  "oklch(0.72 0.15 85)",
  "oklch(0.62 0.18 320)",
  "oklch(0.68 0.11 200)",
  "oklch(0.6 0.13 50)",
  "oklch(0.7 0.16 120)",
  "oklch(0.55 0.12 280)",
];
const stateLabels = ["Waiting", "Approved", "Rejected"];

function MapDesk({ map }: { map: LoadedMap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<MapCanvas | null>(null);
  const [colouring, setColouring] = useState<Colouring>("state");
  const [hovered, setHovered] = useState<number | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const groups = colouring === "state" ? map.states : colouring === "type" ? map.types : map.grouped;
  const points = useMemo(() => ({ ids: map.ids, x: map.x, y: map.y, groups }), [map, groups]);
  const labels =
    colouring === "state"
      ? stateLabels
      : colouring === "type"
        ? map.editTypes.map(editTypeLabel)
        : ["Alone", "Has near-duplicates"];

  // The canvas draws itself; this hands it what to draw.
  useEffect(() => {
    drawn.current = createMapCanvas(canvas.current!, {
      hover: setHovered,
      lasso: (indices) => setChosen(new Set(indices)),
    });
    return () => drawn.current?.destroy();
  }, []);
  useEffect(() => {
    drawn.current?.setPoints(points, palette.slice(0, Math.max(labels.length, 1)), chosen);
  }, [points, labels.length, chosen]);

  return (
    <>
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_16rem]">
        <canvas
          ref={canvas}
          aria-label={`Map of ${countOf(map.ids.length, "sample")}; use the list and its filters without a pointer`}
          className="h-[62vh] w-full cursor-crosshair touch-none rounded-xl border border-line bg-panel"
        />
        <Panel>
          <Select
            aria-label="Colour"
            value={colouring}
            onChange={({ target }) => setColouring(target.value as Colouring)}
          >
            <option value="state">Colour: state</option>
            <option value="type">Colour: edit type</option>
            <option value="duplicates">Colour: near-duplicates</option>
          </Select>
          <ul className="mt-3 flex flex-col gap-1 text-[13px]">
            {labels.map((label, index) => (
              <li key={label} className="flex items-center gap-2">
                <span aria-hidden className="size-3 rounded-sm" style={{ background: palette[index] }} />
                {label}
              </li>
            ))}
          </ul>
          <div className="mt-4 min-h-48">
            {hovered !== null && map.ids[hovered] ? (
              <HoveredSample id={map.ids[hovered]} />
            ) : (
              <p className="text-[13px] text-ink-soft">
                Point at a sample to see it, click to choose it, or draw around several.
              </p>
            )}
          </div>
        </Panel>
      </div>
      {chosen.size > 0 && (
        <BulkBar
          target={{ samples: [...chosen].map((index) => ({ id: map.ids[index]! })) }}
          onDone={() => setChosen(new Set())}
        />
      )}
    </>
  );
}

function HoveredSample({ id }: { id: string }) {
  const card = useQuery(api.curate.mapSample.queryOptions({ input: { id }, staleTime: 300_000 }));
  if (!card.data) return <Skeleton className="h-40" />;
  return (
    <figure>
      <Picture
        image={card.data.target}
        alt=""
        width={220}
        className="aspect-square w-full rounded object-cover"
      />
      <figcaption className="mt-1 line-clamp-3 text-[13px]">{card.data.instruction}</figcaption>
    </figure>
  );
}
