import type { Metadata } from "next";
import { Suspense } from "react";
import { CalibrationPage } from "@/components/calibration/calibration-page";

export const metadata: Metadata = { title: "Calibration" };

export default function Page() {
  return (
    <Suspense>
      <CalibrationPage />
    </Suspense>
  );
}
