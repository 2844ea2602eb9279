import { uuidv7 } from '@datong/kernel'
import { inTransaction, type Trx } from '@datong/metadata-store'
import type { DomainEvents } from '../../../platform/events.ts'
import type { TicketsContext } from '../context.ts'
import { clockAbout, PLATFORM, recordStep } from '../record-step.ts'
import { isGoing, type TicketRow } from '../ticket-store.ts'

type Checked = DomainEvents['quality.rules-checked']
type Outcome = Checked['outcomes'][number]

/**
 * What became of an entry's rules in a version: a rule that fails has one ticket, which a version that passes closes and a
 * later failure opens again. Told twice, or late, it changes nothing.
 */
export async function takeOutcomes(context: TicketsContext, event: Checked): Promise<void> {
  await inTransaction(context.db, async (trx) => {
    const entry = await context.catalog.find(event.entryCode, trx)
    if (entry === undefined) return
    const before = new Map((await context.tickets.lockRules(trx, entry.code)).map((row) => [row.rule_id, row]))
    const opened: Opened[] = []
    for (const outcome of event.outcomes) {
      const row = before.get(outcome.ruleId)
      if (row === undefined) {
        if (outcome.passed) continue
        opened.push(await open(trx, context, { entryTitle: entry.title, organisation: entry.organisation }, event, outcome))
      } else if (isNewer(row, event)) await follow(trx, context, row, event, outcome)
    }
    const [first] = opened
    if (first !== undefined) {
      await context.events.publish(trx, 'tickets.opened', {
        entryCode: entry.code, organisation: entry.organisation, version: event.version, count: opened.length, due: first.dueAt.toISOString(), handler: first.handler, at: event.at,
      })
    }
  })
}

/** Whether a check says anything new: of a later version, or later of the same. */
const isNewer = ({ last_version, checked_at }: TicketRow, { version, at }: Checked): boolean =>
  version > (last_version ?? 0) || (version === last_version && new Date(at) > (checked_at ?? new Date(0)))

const countsOf = ({ checked, failed, toleranceShare, severity, title, titleTyped }: Outcome, { version, at }: Checked) => ({
  checked, failed, tolerance_share: toleranceShare, severity, title, title_typed: titleTyped, last_version: version, checked_at: new Date(at),
})

/** What was opened: by when it is to be mended, and in whose hand it is. */
interface Opened {
  readonly dueAt: Date
  readonly handler: string | null
}

async function open(trx: Trx, context: TicketsContext, about: { entryTitle: string; organisation: string }, event: Checked, outcome: Outcome): Promise<Opened> {
  const { clock, random, tickets, duties, catalog } = context
  const now = clock.now()
  const duty = await duties.of(about.organisation, trx)
  const row = await tickets.insert(trx, {
    id: uuidv7(clock, random), number: await tickets.nextNumber(trx, now.getUTCFullYear()), kind: 'rule', entry_code: event.entryCode, entry_title: about.entryTitle, organisation: about.organisation,
    field: outcome.field, state: 'open', rule_id: outcome.ruleId, rule: outcome.rule, ...countsOf(outcome, event), first_version: event.version, silenced: false, pause: null, turned_at: null, mended_version: null,
    filed_by: null, from_organisation: null, description: '', cell: null, fingerprint: null, recheck: null, reported_version: null, handler_id: duty?.account_id ?? null, handler_name: duty?.name ?? null,
    answer: '', reopened: 0, closed_version: null, opened_at: now, changed_at: now, closed_at: null,
  })
  const { due_at: dueAt } = await catalog.clocks.begin(trx, 'ticket', clockAbout(row))
  await recordStep(trx, context, row, 'opened', PLATFORM)
  return { dueAt, handler: row.handler_id }
}

/** A ticket that is there follows what the check found. */
async function follow(trx: Trx, context: TicketsContext, row: TicketRow, event: Checked, outcome: Outcome): Promise<void> {
  const { tickets, catalog, clock } = context
  const counts = countsOf(outcome, event)
  const now = clock.now()
  if (outcome.passed) {
    if (!isGoing(row) && !row.silenced) return void await tickets.update(trx, row.id, counts)
    const closed = await tickets.update(trx, row.id, { ...counts, state: 'closed', silenced: false, pause: null, closed_version: event.version, changed_at: now, closed_at: now })
    await catalog.clocks.stop(trx, 'ticket', clockAbout(row).subject)
    return recordStep(trx, context, closed, 'passed', PLATFORM)
  }
  const still = isGoing(row) && (row.state !== 'mended' || event.version <= (row.mended_version ?? 0))
  if (still || row.silenced) return void await tickets.update(trx, row.id, counts)
  const reopened = await tickets.update(trx, row.id, { ...counts, state: 'open', reopened: row.reopened + 1, mended_version: null, closed_version: null, changed_at: now, closed_at: null })
  // One that was said to be mended keeps its clock; one that came back has another.
  await catalog.clocks.begin(trx, 'ticket', clockAbout(reopened))
  await recordStep(trx, context, reopened, row.state === 'mended' ? 'failed' : 'reopened', PLATFORM)
}
