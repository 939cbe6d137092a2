import { client } from "@/lib/api/client";
import type { ImportView } from "@/lib/api/contract/anchors";

export interface UploadProgress {
  sent: number;
  total: number;
}

const parallel = 4;

/** Sends files one by one to a new import and starts it. Paths inside a chosen folder are kept. */
export async function uploadFiles(
  files: readonly File[],
  onProgress: (progress: UploadProgress) => void,
): Promise<ImportView> {
  const folder = files[0]?.webkitRelativePath.split("/")[0];
  const source = folder || (files.length === 1 ? files[0]!.name : `${files.length} files`);
  const { id } = await client.imports.begin({ source });
  let sent = 0;
  const waiting = [...files];
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      await sendFile(id, file);
      onProgress({ sent: ++sent, total: files.length });
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return client.imports.finish({ id });
}

async function sendFile(importId: string, file: File): Promise<void> {
  const path = encodeURIComponent(file.webkitRelativePath || file.name);
  const response = await fetch(`/api/uploads/${importId}?path=${path}`, { method: "PUT", body: file });
  if (response.ok) return;
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  throw new Error(message ?? `${file.name} could not be uploaded (status ${response.status}).`);
}
