"use client";

import { useState } from "react";
import type { Action } from "@/components/actions/action";
import { keyText } from "@/components/actions/key-text";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Section, Slider } from "./controls";
import type { DeskController } from "./desk-controller";
import { type OperationChoice, operationChoices } from "./operations";
import { useStoreState } from "./use-store";

interface OperationsPanelProps {
  desk: DeskController;
  actions: readonly Action[];
}

/** Operations on the whole mask; those with a setting show what they would do before they are applied. */
export function OperationsPanel({ desk, actions }: OperationsPanelProps) {
  const { operation, working, problem } = useStoreState(desk.preview);
  const begun = operationChoices.find(({ label }) => label === operation?.label && operation);
  return (
    <Section title="Operations" open>
      <div className="grid grid-cols-2 gap-1">
        {operationChoices.map((choice) => {
          const action = actions.find(({ id }) => id === `operation-${choice.id}`)!;
          const key = action.keys[0];
          return (
            <button
              key={choice.id}
              type="button"
              aria-pressed={begun?.id === choice.id}
              title={`${choice.hint}${key ? ` (${keyText(key)})` : ""}`}
              onClick={action.run}
              onMouseDown={(event) => event.preventDefault()}
              className={classNames(
                "h-7 truncate rounded-md border px-1.5 text-left text-[13px]",
                begun?.id === choice.id
                  ? "border-accent bg-accent-soft text-accent"
                  : "border-line hover:border-line-strong hover:bg-sunken",
              )}
            >
              {choice.label}
            </button>
          );
        })}
      </div>
      {begun?.setting && <Setting key={begun.id} choice={begun} desk={desk} working={working} />}
      {problem && (
        <p role="alert" className="text-[13px] text-bad">
          {problem}
        </p>
      )}
    </Section>
  );
}

/** The values that sliders were left at, for the next time in this sitting. */
const lastValues = new Map<string, number>();

/** The value an operation begins with. */
export function startValue(choice: OperationChoice): number {
  return lastValues.get(choice.id) ?? choice.setting?.initial ?? 0;
}

function Setting({
  choice,
  desk,
  working,
}: {
  choice: OperationChoice;
  desk: DeskController;
  working: boolean;
}) {
  const [value, setValue] = useState(() => startValue(choice));
  const setting = choice.setting!;
  return (
    <div className="flex flex-col gap-2 rounded-md bg-sunken p-2">
      <Slider
        label={setting.label}
        unit={setting.unit}
        min={setting.min}
        max={setting.max}
        step={setting.step}
        {...(setting.curved && { curved: true })}
        value={value}
        onChange={(next) => {
          setValue(next);
          lastValues.set(choice.id, next);
          desk.preview.show(choice.label, choice.make(next));
        }}
      />
      <div className="flex items-center gap-1.5">
        <Button size="small" look="primary" onClick={() => desk.preview.apply()}>
          Apply
        </Button>
        <Button size="small" look="quiet" onClick={() => desk.preview.drop()}>
          Drop
        </Button>
        <span role="status" className="ml-auto text-xs text-ink-soft">
          {working ? "Computing…" : "Preview"}
        </span>
      </div>
    </div>
  );
}
