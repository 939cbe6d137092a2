import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { UserError } from "@/lib/domain/errors";

export type Address = { address: string; family: 4 | 6 };

/** IPv4 ranges that are not the public internet (IANA special-purpose registry, RFC 6890 and later). */
const PRIVATE_V4: readonly [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Within 2000::/3, the only public space: ranges that wrap IPv4 addresses or are reserved. */
const RESERVED_V6: readonly [string, number][] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const privateV4 = blockList(PRIVATE_V4, "ipv4");
const globalV6 = blockList([["2000::", 3]], "ipv6");
const reservedV6 = blockList(RESERVED_V6, "ipv6");

/** Whether an IP address belongs to the public internet. IPv4-mapped IPv6 addresses are judged as IPv4. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !privateV4.check(address, "ipv4");
  if (family !== 6) return false;
  const mapped = mappedIpv4(address);
  if (mapped !== null) return isPublicAddress(mapped);
  return globalV6.check(address, "ipv6") && !reservedV6.check(address, "ipv6");
}

export type Resolver = (host: string) => Promise<Address[]>;

const systemResolver: Resolver = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }));

/**
 * The one address to connect to. Every address of the name must be public: a name with both a public and a private
 * one is how rebinding attacks look. `PENTIMENTO_ALLOW_PRIVATE_URLS=1` lifts the rule, for tests and closed networks.
 */
export async function publicAddress(host: string, resolve: Resolver = systemResolver): Promise<Address> {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(bare);
  const found = family
    ? [{ address: bare, family: family === 6 ? 6 : 4 } as const]
    : await resolveName(bare, resolve);
  const first = found[0];
  if (!first) throw new UserError("bad-input", `The server ${bare} was not found.`);
  if (
    process.env.PENTIMENTO_ALLOW_PRIVATE_URLS !== "1" &&
    !found.every(({ address }) => isPublicAddress(address))
  )
    throw new UserError(
      "forbidden",
      `The address ${bare} leads to a private network; only public addresses are fetched.`,
    );
  return first;
}

async function resolveName(host: string, resolve: Resolver): Promise<Address[]> {
  return resolve(host).catch(() => []);
}

function mappedIpv4(address: string): string | null {
  // The URL parser gives the canonical form, but a resolver may give any.
  const canonical = new URL(`http://[${address.split("%")[0]}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!mapped) return null;
  const value = (Number.parseInt(mapped[1]!, 16) << 16) | Number.parseInt(mapped[2]!, 16);
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

function blockList(ranges: readonly [string, number][], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const [address, bits] of ranges) list.addSubnet(address, bits, family);
  return list;
}
