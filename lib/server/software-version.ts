import manifest from "@/package.json";

/** Version of Pentimento, as recipes and dataset cards name it. */
export const softwareVersion: string = manifest.version;
