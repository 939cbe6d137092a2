import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy-text";
import { countOf, formatBytes, formatCount, formatMoment } from "@/components/ui/format";
import { Progress } from "@/components/ui/progress";
import type { ExportView } from "@/lib/api/contract/releases";
import { formatInfo } from "./export-formats";

const tones = { queued: "plain", running: "accent", succeeded: "good", failed: "bad" } as const;
const words = { queued: "waiting", running: "writing", succeeded: "written", failed: "failed" } as const;

/** One writing of a release: how far it is, then where its files are and how to open them. */
export function ExportItem({ item, total }: { item: ExportView; total: number }) {
  const { label, python } = formatInfo[item.format];
  return (
    <li className="border-t border-line pt-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tones[item.state]}>{words[item.state]}</Badge>
        <span className="font-medium">{label}</span>
        <span className="text-[13px] text-ink-soft tabular-nums">
          {item.state === "succeeded"
            ? `${countOf(item.written, "sample")}, ${formatBytes(item.bytes)}`
            : `${formatCount(item.written)} of ${countOf(total, "sample")}`}
        </span>
        <span className="ml-auto text-xs text-ink-soft">
          {formatMoment(item.finishedAt ?? item.createdAt)}
        </span>
      </div>
      {item.state === "running" && (
        <div className="mt-2">
          <Progress value={total > 0 ? item.written / total : 0} label="Export" />
        </div>
      )}
      {item.message && <p className="mt-2 text-[13px] text-bad">{item.message}</p>}
      {item.state === "succeeded" && (
        <div className="mt-3 flex flex-col gap-2">
          <CopyText text={item.path} label="the path" />
          <CopyText text={python(item.path)} label="the Python line" />
          <Files item={item} />
        </div>
      )}
    </li>
  );
}

function Files({ item }: { item: ExportView }) {
  if (item.files.length === 0) {
    return (
      <p className="text-[13px] text-warn">The files are no longer there: somebody removed the folder.</p>
    );
  }
  return (
    <>
      <a href={`/api/exports/${item.id}`} download className={buttonClass({}, "self-start")}>
        Download all as ZIP ({formatBytes(item.bytes)})
      </a>
      <details open={item.files.length <= 6}>
        <summary className="w-fit text-[13px] text-ink-soft select-none hover:text-ink">
          {countOf(item.files.length, "file")}
        </summary>
        <ul className="mt-1 max-h-72 overflow-y-auto">
          {item.files.map(({ path, bytes }) => (
            <li key={path} className="flex items-baseline gap-3 py-0.5 text-[13px]">
              <a
                href={`/api/exports/${item.id}/${path.split("/").map(encodeURIComponent).join("/")}`}
                download
                className="min-w-0 truncate text-accent hover:underline"
              >
                {path}
              </a>
              <span className="text-xs text-ink-soft tabular-nums">{formatBytes(bytes)}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
