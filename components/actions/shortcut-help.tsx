import { Dialog } from "@/components/ui/dialog";
import type { Action } from "./action";
import { keysInTurn } from "./key-sequence";
import { keyParts } from "./key-text";

/** A key as it is printed on a keyboard; of keys in turn one after the other. */
export function Key({ name }: { name: string }) {
  return (
    <span className="inline-flex shrink-0 gap-1">
      {keysInTurn(name).map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: a key may come twice, and their order never changes
          key={index}
          className="rounded border border-line-strong/50 bg-sunken px-1.5 py-px font-mono text-[11px] leading-4 text-ink-soft"
        >
          {keyParts(key).join(" ")}
        </kbd>
      ))}
    </span>
  );
}

/** Every action of a page with its keys. */
export function ShortcutHelp({
  actions,
  open,
  onClose,
}: {
  actions: readonly Action[];
  open: boolean;
  onClose: () => void;
}) {
  const shown = actions.filter(({ keys }) => keys.length > 0);
  const groups = [...new Set(shown.map((action) => action.group ?? "Page"))];
  return (
    <Dialog title="Keyboard shortcuts" open={open} onClose={onClose} wide>
      <div className="columns-1 gap-12 md:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-2 text-xs font-semibold tracking-wide text-ink-soft uppercase">{group}</h3>
            <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5">
              {shown
                .filter((action) => (action.group ?? "Page") === group)
                .map((action) => (
                  <div key={action.id} className="col-span-2 grid grid-cols-subgrid">
                    <dt>{action.label}</dt>
                    <dd className="flex justify-end gap-1.5">
                      {action.keys.map((key) => (
                        <Key key={key} name={key} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
