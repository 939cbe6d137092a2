import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <div className="flex h-full items-center justify-center p-8">
      <EmptyState
        title="There is no such page"
        actions={
          <Link href="/" className={buttonClass({ look: "primary" })}>
            To the dashboard
          </Link>
        }
      >
        The address may be mistyped, or what was here has been withdrawn.
      </EmptyState>
    </div>
  );
}
