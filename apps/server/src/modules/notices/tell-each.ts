import type { Audience, NoticeDraft } from './notices.ts'

/** One notice an audience, each under its own key. */
export async function tellEach(tell: (draft: NoticeDraft) => Promise<void>, audiences: readonly Audience[], notice: Omit<NoticeDraft, 'to'>): Promise<void> {
  for (const to of audiences) {
    await tell({ ...notice, key: `${notice.key} to ${to.accountId ?? `${to.organisation ?? ''} ${(to.roles ?? []).join(',')}`}`, to })
  }
}
