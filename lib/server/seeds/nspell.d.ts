declare module "nspell" {
  interface Speller {
    correct(word: string): boolean;
  }
  /** Of a Hunspell dictionary's two files. */
  export default function nspell(aff: string, dic: string): Speller;
}
