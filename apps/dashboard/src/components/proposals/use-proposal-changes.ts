'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { api } from '#lib/api/client.ts';
import type { Plan, ProposalDetail } from '#lib/api/types.ts';
import type { DraftState } from '#lib/form/use-draft.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { proposalQuery } from '#lib/queries.ts';

interface After {
  onPlan: (plan: Plan) => void;
  onCommitted: (runId: string) => void;
}

const refresh = [['proposal'], ['proposals'], ['runs']];

/** Everything that can be done with a proposal. Planning and applying save the edits first. */
export function useProposalChanges(proposal: ProposalDetail, draft: DraftState, after: After) {
  const router = useRouter();
  const client = useQueryClient();
  const { barclamp, name } = proposal;

  const store = async () => {
    if (!draft.dirty) return;
    const { version, attributes, elements } = draft;
    const saved = await api.proposals.save(barclamp, name, { version, attributes, elements });
    // The page must never show the older draft in between.
    client.setQueryData(proposalQuery(barclamp, name).queryKey, saved);
    draft.reset();
  };
  const save = useChange({ run: store, refresh, done: 'The draft is saved.' });
  const plan = useChange({
    run: async () => {
      await store();
      return api.proposals.plan(barclamp, name);
    },
    refresh,
    onDone: after.onPlan,
  });
  const commit = useChange({
    run: (planHash: string | null) => api.proposals.commit(barclamp, name, planHash ?? undefined),
    refresh,
    done: 'Applying. The run shows each step as it happens.',
    onDone: ({ runId }) => after.onCommitted(runId),
  });
  const remove = useChange({
    run: () => api.proposals.remove(barclamp, name),
    refresh: [['proposals']],
    done: `${barclamp} / ${name} is deleted.`,
    onDone: () => router.replace('/proposals/'),
  });
  return { save, plan, commit, remove };
}

export type ProposalChanges = ReturnType<typeof useProposalChanges>;
