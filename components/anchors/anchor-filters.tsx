import type { Ref } from "react";
import { QueueMasks } from "@/components/masks/queue-masks";
import { Select, TextInput } from "@/components/ui/field";
import type { AddressChange } from "@/components/ui/use-address";
import { type AnchorAddress, anchorFilterOf, anchorShows, anchorsInWords } from "./anchor-address";

interface AnchorFiltersProps {
  address: AnchorAddress;
  onSearch: (text: string) => void;
  fieldRef: Ref<HTMLInputElement>;
  onChange: (change: AddressChange) => void;
}

export function AnchorFilters({ address, onSearch, fieldRef, onChange }: AnchorFiltersProps) {
  return (
    <div className="mb-5 flex flex-wrap gap-3">
      <TextInput
        ref={fieldRef}
        type="search"
        aria-label="Search captions"
        placeholder="Search captions"
        className="max-w-72"
        value={address.search}
        onChange={({ target }) => onSearch(target.value)}
      />
      {address.part === "added" && (
        <Select
          aria-label="Show"
          className="max-w-48"
          value={address.show}
          onChange={({ target }) => onChange({ show: target.value === "all" ? null : target.value })}
        >
          {anchorShows.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      )}
      <span className="ml-auto" />
      <QueueMasks request={{ kind: "anchor", anchors: anchorFilterOf(address) }}>
        {anchorsInWords(address)}, those further down the list too, get a region to draw on.
      </QueueMasks>
    </div>
  );
}
