import type { ListedAnchors } from "@/lib/api/contract/anchors";

/** The two kinds of anchors, each a part of the page. */
export const anchorParts = [
  { id: "added", label: "Added images", href: "/anchors" },
  { id: "generated", label: "Sample images", href: "/anchors?part=generated" },
] as const;
export type AnchorPart = (typeof anchorParts)[number]["id"];

/** Which of the added images are shown. */
export const anchorShows = [
  { id: "all", label: "All added images", filter: {} },
  { id: "photo", label: "Imported images", filter: { origin: "photo" } },
  { id: "storybook", label: "Storybook scenes", filter: { origin: "storybook" } },
  { id: "uncaptioned", label: "Without a caption", filter: { uncaptioned: true } },
] as const satisfies readonly { id: string; label: string; filter: ListedAnchors }[];
export type AnchorShow = (typeof anchorShows)[number]["id"];

export interface AnchorAddress {
  part: AnchorPart;
  show: AnchorShow;
  search: string;
}

/** What the page's address says is shown; what the page does not know is left out. */
export function readAnchorAddress(params: URLSearchParams): AnchorAddress {
  return {
    part: anchorParts.find(({ id }) => id === params.get("part"))?.id ?? "added",
    show: anchorShows.find(({ id }) => id === params.get("show"))?.id ?? "all",
    search: params.get("q") ?? "",
  };
}

/** Which anchors that are. */
export function anchorFilterOf({ part, show, search }: AnchorAddress): ListedAnchors {
  const words = search.trim();
  return {
    generated: part === "generated",
    ...(part === "added" && anchorShows.find(({ id }) => id === show)?.filter),
    ...(words && { search: words }),
  };
}

/** The same in words: `All imported images with “fox” in their caption`. */
export function anchorsInWords({ part, show, search }: AnchorAddress): string {
  const words = search.trim();
  const which =
    part === "generated"
      ? "All sample images"
      : {
          all: "All added images",
          photo: "All imported images",
          storybook: "All Storybook scenes",
          uncaptioned: "All added images without a caption",
        }[show];
  return words ? `${which} with “${words}” in their caption` : which;
}
