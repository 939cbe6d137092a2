"use client";

import { useSearchParams } from "next/navigation";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { AgreementPanel } from "./agreement-panel";
import { ModelPanel } from "./model-panel";
import { WhatIfPanel } from "./what-if-panel";

const tabs = [
  { id: "what-if", label: "What if", href: "/calibration" },
  { id: "model", label: "Acceptance model", href: "/calibration?part=model" },
  { id: "agreement", label: "Agreement", href: "/calibration?part=agreement" },
] as const;

/** Puts people's decisions to work: thresholds, a model that decides what is certain, and how far reviewers agree. */
export function CalibrationPage() {
  const part = useSearchParams().get("part");
  const current = tabs.find(({ id }) => id === part)?.id ?? "what-if";
  return (
    <Page>
      <PageHeader title="Calibration">
        What people’s decisions say about the scores: move thresholds, fit a model that decides what is
        certain, and see how far reviewers agree.
      </PageHeader>
      <Tabs label="Calibration" tabs={tabs} current={current} />
      {current === "what-if" && <WhatIfPanel />}
      {current === "model" && <ModelPanel />}
      {current === "agreement" && <AgreementPanel />}
    </Page>
  );
}
