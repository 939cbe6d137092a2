import { Badge } from "@/components/ui/badge";
import { formatMoment } from "@/components/ui/format";
import { errorText } from "@/components/ui/problem";
import type { JudgementView } from "@/lib/api/contract/judgements";
import { scoreDefinitions } from "@/lib/domain/scores";

interface JudgementsProps {
  /** The answer of `api.judgements.ofSample` or `ofCandidate`, as its query gives it. */
  query: { data?: JudgementView[] | undefined; error: unknown };
  /** The pair's instruction now; a judgement of other words says so. */
  instruction: string;
}

/** What a judge said of a pair: marks, reason, who judged by what, and its raw words on demand. Nothing if nobody did. */
export function Judgements({ query: { data, error }, instruction }: JudgementsProps) {
  if (error) return <p className="text-[13px] text-ink-soft">{errorText(error)}</p>;
  if (!data || data.length === 0) return null;
  return (
    <section aria-label="Judge" className="flex flex-col gap-3 text-[13px]">
      <h2 className="text-xs font-semibold tracking-wide text-ink-soft uppercase">Judge</h2>
      {data.map((judgement) => (
        <Judgement
          key={judgement.id}
          judgement={judgement}
          otherWords={judgement.instruction !== instruction}
        />
      ))}
    </section>
  );
}

function Judgement({ judgement, otherWords }: { judgement: JudgementView; otherWords: boolean }) {
  const { scores, problem, reason, raw, model, rubric, rubricHash, createdAt } = judgement;
  const marks = scoreDefinitions.filter(({ id }) => scores?.[id] !== undefined);
  return (
    <div className="flex flex-col gap-1">
      {problem && (
        <p>
          <Badge tone="warn">No marks</Badge> {problem}
        </p>
      )}
      {marks.length > 0 && (
        <dl className="grid grid-cols-[1fr_auto] gap-x-4">
          {marks.map(({ id, label, description }) => (
            <div key={id} className="col-span-2 grid grid-cols-subgrid" title={description}>
              <dt className="text-ink-soft">{label.replace("Judge: ", "")}</dt>
              <dd className="text-right tabular-nums">{scores?.[id]} of 10</dd>
            </div>
          ))}
        </dl>
      )}
      {reason && <p className="wrap-break-word">“{reason}”</p>}
      {otherWords && <p className="text-warn">Judged by earlier words: “{judgement.instruction}”</p>}
      <p className="wrap-break-word text-ink-soft">
        {model}, rubric {rubric} <span title={`SHA-256 ${rubricHash}`}>({rubricHash.slice(0, 8)})</span>,{" "}
        {formatMoment(createdAt)}
      </p>
      {raw !== "" && (
        <details>
          <summary className="cursor-pointer text-accent">The whole answer</summary>
          <pre className="mt-1 max-h-60 overflow-auto rounded-md bg-sunken p-2 text-xs wrap-break-word whitespace-pre-wrap">
            {raw}
          </pre>
        </details>
      )}
    </div>
  );
}
