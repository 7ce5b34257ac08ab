/**
 * How many words of a hundred PocketSphinx hears wrongly: English read aloud without noise, and with noise at 10 dB.
 * The rows of `bench/results/words.md` that say so are held against that page by a test; no other recogniser was measured.
 */
export const WORD_ERROR = {
  clean: { ofHundred: 35, row: "| sentences | PocketSphinx | clean | none | 35.1 |" },
  noise: { ofHundred: 60, row: "| sentences | PocketSphinx | 10 dB | none | 59.5 |" },
} as const;
