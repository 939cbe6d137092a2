import type { Metadata } from "next";
import { SignInPage } from "@/components/people/sign-in-page";

export const metadata: Metadata = { title: "Sign in", referrer: "no-referrer" };

export default function Page() {
  return <SignInPage />;
}
