import { InvalidArgumentError } from "commander";

/** Reads an option's value as a whole number in a range; the command line names the option if it is none. */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`);
  };
}

/** Seeds of runs and scenes. */
export const seedNumber = wholeNumber(0, 2 ** 31 - 1);
