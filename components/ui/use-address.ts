"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";

/** Settings in the page's address, by name; null or empty takes one out. */
export type AddressChange = Readonly<Record<string, string | null>>;

/** The address with the settings changed, as text: `/anchors?show=photo`. */
export function changedAddress(path: string, settings: URLSearchParams, change: AddressChange): string {
  const next = new URLSearchParams(settings);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * What the page's address says after its `?`, and how to change it in place: the address can be sent to somebody and
 * survives a reload, without a step in the browser's history for every letter.
 */
export function useAddress(): [URLSearchParams, (change: AddressChange) => void] {
  const params = useSearchParams();
  const change = useCallback((settings: AddressChange) => {
    // As it is now: two changes may come before the next render.
    const { pathname, search } = window.location;
    window.history.replaceState(null, "", changedAddress(pathname, new URLSearchParams(search), settings));
  }, []);
  return [params, change];
}

/** A setting that is typed: a field's text, which the address follows. A link that changes the address changes the text. */
export function useAddressText(name: string): [string, (text: string) => void] {
  const [params, change] = useAddress();
  const inAddress = params.get(name) ?? "";
  const [text, setText] = useState(inAddress);
  // The address is the external system. What the router knows of it comes late, after letters typed meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its change says that the address may have changed
  useEffect(() => {
    setText(new URLSearchParams(window.location.search).get(name) ?? "");
  }, [inAddress, name]);
  const type = (next: string) => {
    setText(next);
    change({ [name]: next });
  };
  return [text, type];
}
