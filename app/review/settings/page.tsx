import type { Metadata } from "next";
import { SettingsPage } from "@/components/review/settings/settings-page";

export const metadata: Metadata = { title: "How reviewing works" };

export default function Page() {
  return <SettingsPage />;
}
