import type { LesserForm } from '@datong/contracts'
import { AppError, chinaDay, type Clock } from '@datong/kernel'
import { type Caller, holds } from '../../../platform/caller.ts'
import { type EntryRecord, isPublic } from '../../catalog/index.ts'
import type { GrantRecord } from '../../sharing/index.ts'
import type { DeliveryDeps } from '../deps.ts'
import type { Basis } from './plan.ts'

/** The ground on which a caller gets rows of an entry, with the grant when that is the ground. */
export interface Decision {
  readonly basis: Basis
  readonly grant: GrantRecord | undefined
}

/**
 * Decides whether and on what ground. In this order: the department's own entry, a grant, the opening to everyone, for what everyone sees.
 * Of several grants that give what is asked for, the first with all the fields; a grant of less than is asked for does not stand before the opening.
 * @param form what less than rows is asked for
 * @param names fields that it is asked for by
 * @throws AppError `request/not-found` for entries that the caller may not even see;
 *   `delivery/no-grant`, `delivery/suspended`, `delivery/revoked`, `delivery/expired`
 */
export async function decide(deps: Pick<DeliveryDeps, 'catalog' | 'sharing' | 'clock'>, entry: EntryRecord | undefined, caller: Caller, form?: LesserForm, names: readonly string[] = []): Promise<Decision & { entry: EntryRecord }> {
  if (entry === undefined) throw new AppError('request/not-found')
  if (deps.catalog.owns(caller, entry)) return { entry, basis: { kind: 'owner' }, grant: undefined }
  if (entry.state !== 'published') throw new AppError('request/not-found')

  // A grant of rows gives everything else, too; one of less than that must not stand before it, nor before the one that fits.
  const rank = ({ gives }: GrantRecord): number => (gives === 'rows' ? 0 : gives === form ? 1 : 2)
  const grants = (await grantsOf(deps, entry, caller)).sort((a, b) => rank(a) - rank(b))
  const valid = grants.filter((grant) => refusalOf(grant, deps.clock) === undefined)
  const fitting = valid.filter((grant) => rank(grant) < 2)
  const grant = fitting.find(({ fields }) => names.every((name) => fields.includes(name))) ?? fitting[0]
  if (grant !== undefined) return { entry, grant, basis: basisOf(grant) }
  if (entry.openingType === 'open' && isPublic(entry)) return { entry, basis: { kind: 'open' }, grant: undefined }
  if (valid[0] !== undefined) return { entry, grant: valid[0], basis: basisOf(valid[0]) }
  if (!deps.catalog.isVisible(entry, caller)) throw new AppError('request/not-found')
  throw new AppError(grants[0] === undefined ? 'delivery/no-grant' : refusalOf(grants[0], deps.clock)!, { code: entry.code }) // none is valid
}

async function grantsOf({ sharing }: Pick<DeliveryDeps, 'sharing'>, entry: EntryRecord, caller: Caller): Promise<GrantRecord[]> {
  if (caller.actor.kind === 'application') return sharing.grantsOf(caller.actor.id, entry.code)
  // A person tries out in the console what the department's systems were granted.
  if (holds(caller, 'consumer') && caller.organisation !== null) return sharing.grantsOfOrganisation(caller.organisation, entry.code)
  return []
}

/** Why a grant gives nothing now; undefined when it gives. */
export function refusalOf(grant: GrantRecord, clock: Clock): 'delivery/suspended' | 'delivery/revoked' | 'delivery/expired' | undefined {
  // Another grant stands in the place of one that was replaced.
  if (grant.state === 'revoked' || grant.state === 'replaced') return 'delivery/revoked'
  if (grant.state === 'suspended') return 'delivery/suspended'
  // What was noted as ended stays so, though a computer's clock jump back.
  return grant.state === 'expired' || isOver(grant.until, clock) ? 'delivery/expired' : undefined
}

/** A grant holds to the end of its last day in China. */
export const isOver = (until: string, clock: Clock): boolean => until < chinaDay(clock.now())

const basisOf = (grant: GrantRecord): Basis => ({
  kind: 'grant', grantId: grant.id, number: grant.number, appId: grant.app_id, until: grant.until, ...(grant.gives === 'rows' ? {} : { only: grant.gives }),
  quota: { perSecond: grant.quota_per_second, perDay: grant.quota_per_day, ...(grant.quota_total === null ? {} : { total: grant.quota_total }) },
})
