"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { classNames } from "./class-names";
import { errorText } from "./problem";

interface Toast {
  id: number;
  text: string;
  tone: "plain" | "bad";
  action?: { label: string; run: () => void };
}

interface Toaster {
  say(text: string, action?: Toast["action"]): void;
  complain(error: unknown, action?: Toast["action"]): void;
}

const ToasterContext = createContext<Toaster | null>(null);
const shownMs = 6000;

export function useToasts(): Toaster {
  const toaster = useContext(ToasterContext);
  if (!toaster) throw new Error("useToasts needs a ToastProvider above it.");
  return toaster;
}

/** Short messages at the bottom of the window that leave by themselves; errors stay until closed. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const nextId = useRef(0);
  const section = useRef<HTMLElement>(null);
  const remove = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const add = useCallback(
    (toast: Omit<Toast, "id">) => {
      const id = nextId.current++;
      setToasts((all) => [...all.slice(-3), { ...toast, id }]);
      if (toast.tone !== "bad") setTimeout(() => remove(id), shownMs);
    },
    [remove],
  );
  const toaster = useMemo<Toaster>(
    () => ({
      say: (text, action) => add({ text, tone: "plain", ...(action && { action }) }),
      complain: (error, action) => add({ text: errorText(error), tone: "bad", ...(action && { action }) }),
    }),
    [add],
  );
  // The browser's top layer is the external system: shown anew, messages lie over a dialog that was opened meanwhile.
  const newest = toasts.at(-1)?.id;
  useEffect(() => {
    section.current?.hidePopover();
    if (newest !== undefined) section.current?.showPopover();
  }, [newest]);
  return (
    <ToasterContext value={toaster}>
      {children}
      <section
        ref={section}
        popover="manual"
        aria-label="Messages"
        aria-live="polite"
        className="pointer-events-none fixed top-auto right-4 bottom-4 left-auto m-0 h-fit max-w-full flex-col items-end gap-2 overflow-visible border-0 bg-transparent px-4 py-0 open:flex"
      >
        {toasts.map((toast) => (
          <div
            key={toast.id}
            className={classNames(
              "pointer-events-auto flex max-w-xl items-center gap-3 rounded-lg border px-4 py-2.5 shadow-lg",
              toast.tone === "bad" ? "border-bad/40 bg-bad-soft text-bad" : "border-line bg-panel text-ink",
            )}
          >
            <span>{toast.text}</span>
            {toast.action && (
              <button
                type="button"
                className="font-medium text-accent underline-offset-2 hover:underline"
                onClick={() => {
                  toast.action?.run();
                  remove(toast.id);
                }}
              >
                {toast.action.label}
              </button>
            )}
            <button
              type="button"
              aria-label="Dismiss"
              className="ml-auto px-1 opacity-70 hover:opacity-100"
              onClick={() => remove(toast.id)}
            >
              ✕
            </button>
          </div>
        ))}
      </section>
    </ToasterContext>
  );
}
