import type { Metadata } from "next";
import { MasksPage } from "@/components/masks/desk/masks-page";

export const metadata: Metadata = { title: "Masks" };

export default function Page() {
  return <MasksPage />;
}
