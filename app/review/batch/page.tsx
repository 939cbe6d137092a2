import type { Metadata } from "next";
import { Suspense } from "react";
import { BatchPage } from "@/components/review/batch/batch-page";

export const metadata: Metadata = { title: "Review in a grid" };

export default function Page() {
  return (
    <Suspense>
      <BatchPage />
    </Suspense>
  );
}
