import type { Action } from "./action";

/** Actions that are on offer while a part of the page is there. */
export interface ActionSource {
  /** As they are now. */
  actions: () => readonly Action[];
  /** An element of the part, for one that may lie in a dialog. */
  scope?: () => Element | null;
  /** Offered on every page: where a page has a key of its own, that one counts. */
  everywhere?: boolean;
}

/** What lies over the page and shows the actions of `sources`. */
export interface Overview {
  kind: "menu" | "keys";
  sources: readonly ActionSource[];
}

/**
 * What can be done now, from all parts of the page: keys, buttons, the menu and the help know of the same actions. A
 * page's parts come before what is offered everywhere, the latest part first.
 */
export class ActionRegistry {
  #sources: readonly ActionSource[] = [];
  #overview: Overview | null = null;
  readonly #listeners = new Set<() => void>();

  /** Offers the source's actions until the returned function is called. */
  add(source: ActionSource): () => void {
    this.#sources = source.everywhere
      ? [...this.#sources, source]
      : [source, ...this.#sources.filter((other) => other !== source)];
    return () => {
      this.#sources = this.#sources.filter((other) => other !== source);
    };
  }

  /** Parts that an open dialog does not cover. */
  live(): ActionSource[] {
    const dialog = topDialog();
    return this.#sources.filter(({ scope }) => {
      const element = scope?.();
      return !dialog || (element && dialog.contains(element));
    });
  }

  /** What is offered on every page. */
  everywhere(): Action[] {
    return this.#sources.filter((source) => source.everywhere).flatMap((source) => source.actions());
  }

  overview = (): Overview | null => this.#overview;

  /** Opens the menu or the help over what can be done now; null closes it. */
  show(kind: Overview["kind"] | null): void {
    this.#overview = kind && { kind, sources: this.live() };
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The actions of several sources; of two with the same id, the first. */
export function actionsOf(sources: readonly ActionSource[]): Action[] {
  const byId = new Map<string, Action>();
  for (const action of sources.flatMap((source) => source.actions())) {
    if (!byId.has(action.id)) byId.set(action.id, action);
  }
  return [...byId.values()];
}

/** The dialog that covers the rest of the page, if one is open. */
export function topDialog(): Element | undefined {
  return typeof document === "undefined" ? undefined : [...document.querySelectorAll("dialog[open]")].at(-1);
}

/** The one of this window: it has one keyboard. */
export const registry = new ActionRegistry();
