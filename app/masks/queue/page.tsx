import type { Metadata } from "next";
import { Suspense } from "react";
import { QueueDesk } from "@/components/masks/desk/desk-entries";

export const metadata: Metadata = { title: "Mask desk" };

export default function Page() {
  return (
    <Suspense>
      <QueueDesk />
    </Suspense>
  );
}
