import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RegionDesk } from "@/components/masks/desk/desk-entries";
import { isId } from "@/lib/api/is-id";

export const metadata: Metadata = { title: "Mask desk" };

export default async function Page({ params }: { params: Promise<{ regionId: string }> }) {
  const { regionId } = await params;
  if (!isId(regionId)) notFound();
  return <RegionDesk id={regionId} />;
}
