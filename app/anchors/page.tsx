import type { Metadata } from "next";
import { Suspense } from "react";
import { AnchorsPage } from "@/components/anchors/anchors-page";

export const metadata: Metadata = { title: "Anchors" };

export default function Page() {
  return (
    <Suspense>
      <AnchorsPage />
    </Suspense>
  );
}
