import type { Metadata } from "next";
import { RegionDesk } from "@/components/masks/desk/desk-entries";

export const metadata: Metadata = { title: "Mask desk" };

export default async function Page({ params }: { params: Promise<{ regionId: string }> }) {
  const { regionId } = await params;
  return <RegionDesk id={regionId} />;
}
