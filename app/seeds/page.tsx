import type { Metadata } from "next";
import { SeedsPage } from "@/components/seeds/seeds-page";

export const metadata: Metadata = { title: "Seeds" };

export default function Page() {
  return <SeedsPage />;
}
