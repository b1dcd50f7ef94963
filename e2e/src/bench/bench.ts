/** What a bench measured, ours and a named peer's in the same run. */
export interface Measurement {
  peer: string;
  unit: string;
  ours: number;
  theirs: number;
  detail: Record<string, unknown>;
}

export interface Bench {
  name: string;
  description: string;
  run(): Promise<Measurement>;
}
