import { type Duty, operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller, Reach } from '../../../platform/caller.ts'
import { type Route, route } from '../../../platform/route.ts'
import type { TicketsContext } from '../context.ts'
import type { DutyTable } from '../tables.ts'

export function dutyRoutes(context: TicketsContext): Route[] {
  const view = ({ organisation, account_id, name, since }: DutyTable): Duty => ({ department: context.organisations.ref(organisation), officer: { id: account_id, name }, since: since.toISOString() })
  return [
    route(operations.listDuty, async ({ caller, reach }) => ({ items: (await context.duties.list(reach === 'all' ? null : caller.organisation ?? '')).map(view) })),
    route(operations.setDuty, async ({ params, body, caller, reach }) => {
      await setDuty(context, params.organisation, body.username, caller, reach)
      const duty = await context.duties.of(params.organisation)
      return { duty: duty === undefined ? null : view(duty) }
    }),
  ]
}

/**
 * Puts an officer on duty, or nobody. Tickets that are in somebody's hand stay there.
 * @throws AppError `request/not-found` for another department; `request/invalid` when the name is none of its provider officers
 */
async function setDuty(context: TicketsContext, organisation: string, username: string | null, caller: Caller, reach: Reach): Promise<void> {
  if (reach !== 'all' && organisation !== caller.organisation) throw new AppError('request/not-found')
  const officer = username === null ? null : await context.users.findByUsername(username.trim())
  const fits = officer === null || (officer?.organisation === organisation && officer.roles.includes('provider') && !officer.locked)
  if (!fits) throw new AppError('request/invalid', {}, [{ pointer: '/username', code: 'unknown', message: '本部门没有这个用户名的数据提供人员' }])
  const at = context.clock.now()
  await inTransaction(context.db, async (trx) => {
    if (officer === null || officer === undefined) {
      if (!(await context.duties.remove(trx, organisation))) return
    } else await context.duties.put(trx, { organisation, account_id: officer.id, name: officer.name, since: at })
    await context.evidence.record(trx, {
      chain: 'decision', action: 'tickets.duty.set', actor: caller.actor, parties: [organisation],
      subject: { type: 'duty', id: organisation, title: context.organisations.ref(organisation).name }, detail: { officer: officer?.name ?? null },
    })
  })
}
