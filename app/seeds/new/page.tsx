import type { Metadata } from "next";
import { Suspense } from "react";
import { SeedWriter } from "@/components/seeds/seed-writer";

export const metadata: Metadata = { title: "Write a seed" };

export default function Page() {
  return (
    <Suspense>
      <SeedWriter />
    </Suspense>
  );
}
