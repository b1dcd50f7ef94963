const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

/** Addresses of pages about one thing; a static export has no path parameters. */
export const nodeHref = (name: string) => `/node/?${query({ name })}`;
export const proposalHref = (barclamp: string, name: string) => `/proposal/?${query({ barclamp, name })}`;
export const runHref = (id: string) => `/run/?${query({ id })}`;
export const nodesHref = (state: string) => `/nodes/?${query({ state })}`;
export const bootEnvHref = (name: string) => `/boot-envs/?${query({ name })}`;
