/** One piece of news from a build: which artifact, which step, and how it is going. */
export interface BuildProgress {
  artifact: string;
  step: 'cached' | 'resolve' | 'download' | 'assemble' | 'compress' | 'done';
  message: string;
}

export type OnProgress = (progress: BuildProgress) => void;

/** A progress reporter bound to one artifact, silent when nobody listens. */
export function reporter(artifact: string, onProgress: OnProgress | undefined) {
  return (step: BuildProgress['step'], message: string): void => onProgress?.({ artifact, step, message });
}
