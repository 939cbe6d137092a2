import { NotFound } from "@/components/shell/not-found";

export default function Page() {
  return <NotFound what="mask" list={{ href: "/masks", label: "All masks" }} />;
}
