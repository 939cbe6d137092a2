"use client";

import Link from "next/link";
import { Locked } from "@/components/people/permission";
import { buttonClass } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { GoldPanel } from "./gold-panel";
import { ReasonsPanel } from "./reasons-panel";
import { ReviewersPanel } from "./reviewers-panel";
import { SettingsPanel } from "./settings-panel";

/** How a project reviews: people per sample, gold, reasons, and how reviewers do. */
export function SettingsPage() {
  return (
    <Page>
      <PageHeader
        title="How reviewing works"
        actions={
          <Link href="/review" className={buttonClass({})}>
            To the desk
          </Link>
        }
      >
        Changes apply to samples that still wait; what is decided stays decided.
      </PageHeader>
      <Locked to="curate">
        <div className="grid gap-6 lg:grid-cols-2">
          <SettingsPanel />
          <ReasonsPanel />
          <ReviewersPanel />
          <GoldPanel />
        </div>
      </Locked>
    </Page>
  );
}
