"use client";

import type { ViewSettings } from "../engine/mask-editor";
import { Check, Section, Segments, Slider } from "./controls";
import type { DeskController } from "./desk-controller";
import { useLook } from "./use-store";

/** Colours that stand out from most images, by name. */
const colors = [
  ["#ff3d71", "Rose"],
  ["#ffb300", "Amber"],
  ["#2fe38b", "Green"],
  ["#22b8ff", "Blue"],
  ["#b36bff", "Violet"],
] as const;

/** How mask and image are shown. */
export function ViewPanel({ desk, hasAfter }: { desk: DeskController; hasAfter: boolean }) {
  const { view } = useLook(desk.store, ({ view }) => ({ view }));
  const set = (change: Partial<ViewSettings>) => {
    desk.editor.setView(change);
    desk.store.refresh();
  };
  return (
    <Section title="View" open>
      <Segments
        label="How the mask is shown"
        choices={[
          { value: "both", label: "Both", hint: "Overlay and outline" },
          { value: "overlay", label: "Overlay" },
          { value: "outline", label: "Outline" },
          { value: "matte", label: "Matte", hint: "The mask alone, white may change" },
        ]}
        value={view.display}
        onChange={(display) => set({ display })}
      />
      <fieldset className="flex items-center gap-1.5">
        <legend className="sr-only">Overlay colour</legend>
        {colors.map(([color, name]) => (
          <button
            key={color}
            type="button"
            aria-label={`Overlay ${name.toLowerCase()}`}
            aria-pressed={view.color === color}
            title={name}
            onClick={() => set({ color })}
            onMouseDown={(event) => event.preventDefault()}
            style={{ backgroundColor: color }}
            className="size-6 rounded-full border-2 border-panel outline-offset-0 forced-color-adjust-none aria-pressed:outline-2 aria-pressed:outline-ink"
          />
        ))}
        <input
          type="color"
          aria-label="Another overlay colour"
          value={view.color}
          onChange={({ target }) => set({ color: target.value })}
          className="ml-auto h-6 w-9 rounded border border-line bg-panel"
        />
      </fieldset>
      <Slider
        label="Opacity"
        min={0.05}
        max={1}
        step={0.05}
        value={view.opacity}
        text={`${Math.round(view.opacity * 100)} %`}
        onChange={(opacity) => set({ opacity })}
      />
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        <Check label="Blink" checked={view.blink} onChange={(blink) => set({ blink })} />
        <Check
          label="Marching edge"
          checked={view.outline === "marching"}
          onChange={(marching) => set({ outline: marching ? "marching" : "solid" })}
        />
        <Check
          label="Minimap"
          title="On images that are larger than the canvas"
          checked={view.minimap !== "off"}
          onChange={(shown) => set({ minimap: shown ? "auto" : "off" })}
        />
      </div>
      <Segments
        label="Soft levels"
        choices={[
          { value: "soft", label: "As it is", hint: "Soft levels are shown by their strength" },
          { value: "hard", label: "Cut at one half", hint: "As a hard mask would be" },
        ]}
        value={view.levels}
        onChange={(levels) => set({ levels })}
      />
      <Segments
        label="Images"
        choices={[
          { value: "before", label: "Before" },
          { value: "after", label: "After", disabled: !hasAfter },
          { value: "both", label: "Side by side", disabled: !hasAfter },
        ]}
        value={view.panes}
        onChange={(panes) => set({ panes })}
      />
      {!hasAfter && <p className="text-xs text-ink-soft">There is no edited image to compare with yet.</p>}
    </Section>
  );
}
