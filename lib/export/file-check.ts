/** What a validator of one file reports. */
export type FileCheck = { rows: number; images: number; problems: string[] };
