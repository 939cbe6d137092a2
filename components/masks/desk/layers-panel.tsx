"use client";

import { classNames } from "@/components/ui/class-names";
import { errorText } from "@/components/ui/problem";
import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import { Icon, Section } from "./controls";
import type { DeskController } from "./desk-controller";
import type { Layer } from "./use-layers";
import { useLook } from "./use-store";

const eye = "M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z";

const joins: readonly { mode: CombineMode; sign: string; label: string }[] = [
  { mode: "union", sign: "+", label: "Add" },
  { mode: "subtract", sign: "−", label: "Subtract" },
  { mode: "intersect", sign: "∩", label: "Intersect with" },
  { mode: "replace", sign: "=", label: "Replace the mask by" },
];

interface LayersPanelProps {
  desk: DeskController;
  layers: readonly Layer[];
  loading: boolean;
  error: unknown;
}

/** Masks to look at beside the own one and to join with it. */
export function LayersPanel({ desk, layers, loading, error }: LayersPanelProps) {
  const { shownLayer } = useLook(desk.store, ({ shownLayer }) => ({ shownLayer }));
  const { editor, store } = desk;
  return (
    <Section title="Layers" open>
      <ul className="flex flex-col gap-0.5">
        <li className="flex h-8 items-center gap-2 rounded-md bg-accent-soft px-2 font-medium text-accent">
          <Icon path={toolPen} className="size-4" />
          Your mask
          <span className="ml-auto text-xs font-normal">editable</span>
        </li>
        {layers.map(({ name, hint }) => {
          const shown = shownLayer === name;
          return (
            <li key={name} title={hint} className="flex h-8 items-center gap-0.5 rounded-md pl-0.5">
              <button
                type="button"
                aria-pressed={shown}
                onClick={() => {
                  editor.showLayer(shown ? null : name);
                  store.refresh();
                }}
                onMouseDown={(event) => event.preventDefault()}
                className={classNames(
                  "flex h-7 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-left",
                  shown ? "bg-sunken font-medium" : "text-ink-soft hover:bg-sunken hover:text-ink",
                )}
              >
                <Icon path={eye} className={classNames("size-4", !shown && "opacity-40")} />
                <span className="truncate">{name}</span>
              </button>
              {joins.map(({ mode, sign, label }) => (
                <button
                  key={mode}
                  type="button"
                  aria-label={`${label} ${name}`}
                  title={`${label} “${name}”`}
                  onClick={() => editor.takeLayer(name, mode)}
                  onMouseDown={(event) => event.preventDefault()}
                  className="size-7 rounded-md text-ink-soft hover:bg-sunken hover:text-ink"
                >
                  {sign}
                </button>
              ))}
            </li>
          );
        })}
      </ul>
      {layers.length === 0 && (
        <p className="text-xs text-ink-soft">
          {error
            ? errorText(error)
            : loading
              ? "Loading the pipeline's masks…"
              : "The pipeline has made no masks for this region."}
        </p>
      )}
    </Section>
  );
}

const toolPen = "M4 16 14.5 5.5l-1-1L3 15v1zM11.5 6.5l2 2";
