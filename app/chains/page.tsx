import type { Metadata } from "next";
import { Suspense } from "react";
import { ChainsPage } from "@/components/chains/chains-page";

export const metadata: Metadata = { title: "Chains" };

export default function Page() {
  return (
    <Suspense>
      <ChainsPage />
    </Suspense>
  );
}
