'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../api/client.ts';
import type { Attributes, Elements, Issue, ProposalDetail } from '../api/types.ts';

export interface Draft {
  attributes: Attributes;
  elements: Elements;
}

export interface DraftState extends Draft {
  dirty: boolean;
  /** The version the edits started from. */
  version: number;
  /** Somebody else has saved since. */
  overtaken: boolean;
  issues: readonly Issue[];
  validating: boolean;
  setAttributes: (attributes: Attributes) => void;
  setElements: (elements: Elements) => void;
  /** Takes attributes and roles of another revision as edits, not saved yet. */
  restore: (from: Draft) => void;
  /** Throws the edits away and takes what the server has. */
  reset: () => void;
}

interface Edit extends Draft {
  version: number;
}

/** The edits of a proposal in this page, validated by the server while they are made. */
export function useDraft(proposal: ProposalDetail): DraftState {
  const [edit, setEdit] = useState<Edit | null>(null);
  const { attributes, elements, version } = edit ?? proposal.draft;
  const draft = useMemo(() => ({ attributes, elements }), [attributes, elements]);
  const [settled] = useDebouncedValue(draft, 350);
  const validation = useQuery({
    queryKey: ['validation', proposal.id, settled],
    queryFn: () => api.proposals.validate(proposal.barclamp, proposal.name, settled),
    enabled: edit !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const change = (part: Partial<Draft>) => setEdit({ attributes, elements, version, ...part });
  return {
    attributes,
    elements,
    version,
    dirty: edit !== null,
    overtaken: edit !== null && edit.version !== proposal.draft.version,
    issues: edit === null ? proposal.issues : (validation.data?.issues ?? proposal.issues),
    validating: edit !== null && (validation.isFetching || settled !== draft),
    setAttributes: (next) => change({ attributes: next }),
    setElements: (next) => change({ elements: next }),
    restore: (from) => change({ attributes: from.attributes, elements: from.elements }),
    reset: () => setEdit(null),
  };
}
