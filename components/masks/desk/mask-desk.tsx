"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useSubject } from "@/components/people/presence-provider";
import { api } from "@/lib/api/client";
import { ConflictDialog } from "./conflict-dialog";
import { DeskHeader } from "./desk-header";
import type { DeskSource, InlineDesk } from "./desk-source";
import { DeskWaiting } from "./desk-waiting";
import { ExportDialog } from "./export-dialog";
import { ImportDialog } from "./import-dialog";
import { LayersPanel } from "./layers-panel";
import { OperationsPanel } from "./operations-panel";
import { OptionBar } from "./option-bar";
import { ProposalBar } from "./proposal-bar";
import { SittingsDialog } from "./sittings-dialog";
import { SkipBar } from "./skip-bar";
import { StatusBar } from "./status-bar";
import { ToolBar } from "./tool-bar";
import { TroubleBanner } from "./trouble-banner";
import { useDesk } from "./use-desk";
import { useDeskActions } from "./use-desk-actions";
import { useLayers } from "./use-layers";
import { usePace } from "./use-pace";
import { useRefreshVersions } from "./use-refresh-versions";
import { VersionsPanel } from "./versions-panel";
import { ViewPanel } from "./view-panel";

interface MaskDeskProps {
  source: DeskSource;
  /** What stands above while nothing is on screen. */
  title: string;
  /** Set where the desk lies over another page. */
  inline?: InlineDesk;
}

/** The mask desk: the canvas and everything around it. The canvas itself is the editor's, outside React. */
export function MaskDesk({ source, title, inline }: MaskDeskProps) {
  const container = useRef<HTMLDivElement>(null);
  const textRef = useRef<HTMLInputElement>(null);
  const parts = useDesk(source, container, inline);
  const { desk, shown, state } = parts;
  const layers = useLayers(desk, shown);
  const { actions, help, helpDialog, dialog, setDialog, skipping, skip, panels } = useDeskActions(
    parts,
    source,
    layers.layers,
    textRef,
    container,
    inline,
  );
  const status = useQuery(api.interactive.status.queryOptions({ refetchInterval: 20_000 }));
  const pace = usePace(source, parts.underWay);
  useRefreshVersions(shown);
  // Everything around the canvas needs a region on it; the canvas keeps its place in the page meanwhile.
  const open = state.kind === "open" && desk && shown ? { desk, shown } : null;
  const close = () => setDialog(null);
  const region = open?.shown.sitting.region;
  // Who redraws a sample's mask is at the sample, as its reviewers are.
  useSubject(region ? (region.sampleId ? `sample:${region.sampleId}` : `region:${region.id}`) : null);

  return (
    <div className="flex h-full min-h-[30rem] flex-col">
      <DeskHeader
        region={open?.shown.sync.region() ?? null}
        actions={actions}
        help={help}
        title={title}
        inline={inline}
      />
      <div className="relative flex min-h-0 flex-1">
        {open && <ToolBar actions={actions} desk={open.desk} />}
        <div className="flex min-w-0 flex-1 flex-col">
          {open && <OptionBar desk={open.desk} textRef={textRef} offline={status.data?.problem ?? null} />}
          <div className="relative min-h-0 flex-1 bg-canvas">
            {/* Named and drawn by the editor. */}
            <div
              ref={container}
              className="absolute inset-0 [&_:focus-visible]:outline-1 [&_:focus-visible]:-outline-offset-1"
              data-testid="mask-canvas"
            />
            {open && <ProposalBar desk={open.desk} />}
            {open && (
              <TroubleBanner
                sync={open.shown.sync}
                lost={state.kind === "open" ? state.lost : null}
                onTakeOver={parts.takeOver}
              />
            )}
            {open && <ConflictDialog desk={open.desk} shown={open.shown} />}
            {open && (
              <SittingsDialog key={open.shown.sitting.region.id} desk={open.desk} shown={open.shown} />
            )}
            {open && skipping && <SkipBar actions={actions} onOther={skip} />}
            {!open && (
              <DeskWaiting state={state} source={source} onRetry={parts.retry} onTakeOver={parts.takeOver} />
            )}
          </div>
        </div>
        {open && panels && (
          <aside
            aria-label="Mask"
            className="flex w-66 shrink-0 flex-col overflow-y-auto border-l border-line bg-panel max-md:absolute max-md:inset-y-0 max-md:right-0 max-md:z-10 max-md:shadow-xl"
          >
            <LayersPanel desk={open.desk} {...layers} />
            <OperationsPanel desk={open.desk} actions={actions} />
            <ViewPanel desk={open.desk} hasAfter={open.shown.sitting.after !== null} />
            <VersionsPanel key={open.shown.sitting.region.id} desk={open.desk} shown={open.shown} />
          </aside>
        )}
      </div>
      {open && <StatusBar desk={open.desk} shown={open.shown} pace={pace} />}
      {helpDialog}
      {open && (
        <>
          <ExportDialog desk={open.desk} open={dialog === "export"} onClose={close} />
          <ImportDialog desk={open.desk} open={dialog === "import"} onClose={close} />
        </>
      )}
    </div>
  );
}
