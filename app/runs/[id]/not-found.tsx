import { NotFound } from "@/components/shell/not-found";

export default function Page() {
  return <NotFound what="run" list={{ href: "/runs", label: "All runs" }} />;
}
