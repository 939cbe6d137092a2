import type { Metadata } from "next";
import { Suspense } from "react";
import { Locked } from "@/components/people/permission";
import { SeedWriter } from "@/components/seeds/seed-writer";

export const metadata: Metadata = { title: "Write a seed" };

export default function Page() {
  return (
    <Suspense>
      <Locked to="annotate" padded>
        <SeedWriter />
      </Locked>
    </Suspense>
  );
}
