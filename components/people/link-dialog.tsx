"use client";

import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy-text";
import { Dialog } from "@/components/ui/dialog";

/** A secret that is shown this once: a sign-in link, or a token for programs. */
export interface Link {
  kind: "link" | "token";
  name: string;
  text: string;
}

export function LinkDialog({ link, onClose }: { link: Link | null; onClose: () => void }) {
  const isToken = link?.kind === "token";
  return (
    <Dialog title={isToken ? "Token for programs" : "Sign-in link"} open={link !== null} onClose={onClose}>
      {link && (
        <>
          <p className="text-ink-soft">
            {isToken
              ? `Programs that send “Authorization: Bearer …” with this token act for ${link.name}. It is shown only now.`
              : `Send this to ${link.name}. It signs them in once, within a week; a new link replaces it. It is shown only now.`}
          </p>
          <CopyText text={link.text} label={isToken ? "the token" : "the link"} />
          <div className="flex justify-end">
            <Button look="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
