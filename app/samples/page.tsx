import type { Metadata } from "next";
import { Suspense } from "react";
import { SamplesPage } from "@/components/curate/samples-page";

export const metadata: Metadata = { title: "Samples" };

export default function Page() {
  return (
    <Suspense>
      <SamplesPage />
    </Suspense>
  );
}
