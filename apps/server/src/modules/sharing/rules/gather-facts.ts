import { chinaDay, type Grade, stricter } from '@datong/kernel'
import type { Trx } from '@datong/metadata-store'
import type { EntryRecord } from '../../catalog/index.ts'
import { departmentsFor } from '../opinions/departments.ts'
import { excessOf, knowledgeOf } from '../purposes/index.ts'
import type { ApplicationRow } from '../sharing-store.ts'
import type { RulesContext } from './context.ts'
import type { DutyRow } from './duty-store.ts'
import { type Facts, PUBLIC_CODE } from './facts.ts'
import type { History } from './ruling-store.ts'

/** An application, stored or not, with the entry that it asks for. */
export interface Matter {
  readonly application: ApplicationRow
  readonly entry: EntryRecord
}

const DAY_MS = 86_400_000
/** Credit of a requester who has no score: the public. */
const NEUTRAL_CREDIT = 80
/** A score from here on, without a revoked grant, opens the fast lane to rules that ask for it. */
const FAST_LANE_FROM = 90

/** For the public the opening type takes the place of the sharing type. */
const SHARING_OF_OPENING = { open: 'unconditional', 'on-application': 'conditional', closed: 'not-shared' } as const

/** How the entry may be shared with the requester; what was never said is conditional, so people look at it. */
const sharingTypeOf = ({ application, entry }: Matter): string =>
  (application.consumer_organisation === null ? entry.openingType && SHARING_OF_OPENING[entry.openingType] : entry.sharingType) ?? 'conditional'

/** What was looked up for many applications at once. */
export interface Known {
  readonly history?: History
  readonly duties?: ReadonlyMap<string, DutyRow>
}

/** Everything that rules may ask for, as it is known when the application is filed. */
export async function gatherFacts(context: RulesContext, matter: Matter, { history, duties: lists }: Known = {}, trx?: Trx): Promise<Facts> {
  const { application, entry } = matter
  const { purpose_code: purpose, consumer_organisation: organisation, submitted_at: before } = application
  const knowledge = await knowledgeOf(context.purposes, purpose, entry, { before, ...(trx === undefined ? {} : { trx }) })
  const duties = organisation === null ? undefined : (lists ?? await context.duties.of([organisation], trx)).get(organisation)
  const credit = organisation === null ? NEUTRAL_CREDIT : Math.round(await context.creditOf(organisation))
  const asked = new Set(application.fields)
  const [past] = history === undefined
    ? await context.rulings.histories([{ organisation, applicantId: application.applicant_id, entryCode: entry.code, delivery: application.delivery, before }], trx) : [history]
  const { approvedBefore, refusedBefore, violations } = past! // one answer for one question
  return {
    grade: entry.fields.filter(({ name }) => asked.has(name)).map(({ grade }): Grade => grade).reduce(stricter, 'public'),
    sharingType: sharingTypeOf(matter),
    entry: entry.code, provider: entry.organisation, theme: entry.theme,
    requester: organisation === null ? 'public' : 'department',
    organisation: organisation ?? PUBLIC_CODE,
    duties: [...new Set([...(duties?.purposes ?? []), ...(duties?.words ?? [])])],
    credit,
    fastLane: credit >= FAST_LANE_FROM && violations === 0,
    purpose: purpose ?? 'other',
    purposeInDuty: purpose !== null && (duties?.purposes.includes(purpose) ?? false),
    fieldsAsked: application.fields.length,
    fieldsOfOthers: departmentsFor(entry, application.fields, organisation).filter((one) => one.organisation !== entry.organisation).flatMap(({ fields }) => fields).length,
    ...excessOf(application.fields, entry.fields.map(({ name }) => name), knowledge),
    approvedBefore, refusedBefore, violations,
    rowFilter: application.filter.length > 0,
    delivery: application.delivery,
    daysAsked: Math.round((Date.parse(application.until) - Date.parse(chinaDay(before))) / DAY_MS),
  }
}
