import { type Form, type FormRound, type FormRow, type FormSchedule, type FormSummary, type FormTask, MOST_CODES_TO_CHOOSE } from '@datong/contracts'
import { type Caller, holds } from '../../../platform/caller.ts'
import { allowedFormActions } from './act-on-form.ts'
import { allowedRoundActions, openablePeriods } from './act-on-round.ts'
import { allowedTaskActions } from './act-on-task.ts'
import type { CollectionContext } from '../context.ts'
import { isOwed, standingOf } from './due.ts'
import { nextRound } from './periods.ts'
import { nameOf, NO_FIGURES, type RoundFigures } from './round-store.ts'
import type { FormRecord, FormRoundRecord, FormRowRecord, FormTaskRecord } from './tables.ts'

type Part = FormTaskRecord & { readonly rows: number }

/** What is known of the round of a form that is shown. */
interface Shown {
  readonly round: FormRoundRecord | undefined
  readonly figures: RoundFigures
  readonly own: Part | undefined
  readonly latest: FormRoundRecord | undefined
  readonly departments: number
}

/** Each with its latest round. */
export async function viewForms(context: CollectionContext, all: readonly FormRecord[], caller: Caller): Promise<FormSummary[]> {
  const { forms, clock } = context
  const ids = all.map(({ id }) => id)
  const [rounds, asked] = await Promise.all([forms.latestRounds(ids), forms.departments(null, ids)])
  const [figures, own] = await Promise.all([forms.figures(rounds, clock.now()), caller.organisation === null ? [] : forms.parts(rounds, caller.organisation)])
  return all.map((form) => {
    const round = rounds.find(({ form_id }) => form_id === form.id)
    return summaryOf(context, form, {
      round, latest: round, figures: (round && figures.get(nameOf(round))) ?? NO_FIGURES, own: own.find(({ form_id }) => form_id === form.id), departments: asked.filter(({ form_id }) => form_id === form.id).length,
    }, caller)
  })
}

/** One form with its rounds, and the parts of one of them. @param number undefined or unknown: the latest round */
export async function viewForm(context: CollectionContext, form: FormRecord, number: number | undefined, caller: Caller): Promise<Form> {
  const { forms, loads, standards, organisations, clock } = context
  const isWatcher = holds(caller, 'steward') || holds(caller, 'auditor')
  const [rounds, asked, load] = await Promise.all([forms.rounds(null, form.id), forms.departments(null, [form.id]), form.last_load === null ? undefined : loads.find(form.last_load)])
  const latest = rounds[0]
  const round = number === undefined ? latest : await forms.findRound(null, form.id, number) ?? latest
  const shown = round === undefined ? [] : [round]
  const [figures, parts, owns] = await Promise.all([
    forms.figures([...rounds, ...shown], clock.now()), forms.parts(shown, isWatcher ? null : caller.organisation ?? ''), caller.organisation === null ? [] : forms.parts(rounds, caller.organisation),
  ])
  const own = parts.find(({ organisation }) => organisation === caller.organisation)
  const before = own === undefined || own.rows > 0 || !isOwed(own) || !holds(caller, 'provider') ? undefined : await forms.partBefore(null, own)
  const lists = [...new Set(form.fields.flatMap(({ codeList }) => codeList ?? []))].flatMap((list) => {
    const { codes } = standards.codesAt(list) ?? { codes: [] }
    return codes.length === 0 || codes.length > MOST_CODES_TO_CHOOSE ? [] : [[list, codes.map(({ code, name }) => ({ code, name }))] as const]
  })
  const isSteward = holds(caller, 'steward')
  const openable = isSteward ? openablePeriods(form, rounds, clock.now()) : []
  return {
    ...summaryOf(context, form, { round, latest, figures: (round && figures.get(nameOf(round))) ?? NO_FIGURES, own, departments: asked.length }, caller),
    about: form.about, fields: [...form.fields], keyFields: form.key_fields, asked: isWatcher ? asked.map(({ organisation }) => organisations.ref(organisation)) : [],
    tasks: round === undefined ? [] : parts.map((part) => viewPart(context, form, round, part, caller)),
    rounds: rounds.map((one) => viewRound(context, form, one, figures.get(nameOf(one)) ?? NO_FIGURES, owns.find((part) => part.round === one.number), caller)),
    openable, beginning: before === undefined ? null : { period: before.period, rows: before.rows },
    codes: Object.fromEntries(lists),
    lastLoad: load === undefined ? null : { id: load.id, state: load.outcome ?? load.phase, rowsRead: load.rows_read },
    problem: form.problem, revision: form.revision, allowedActions: isSteward ? ['edit', ...(openable.length > 0 ? ['open-round' as const] : []), ...allowedFormActions(form.state)] : [],
  }
}

const scheduleOf = ({ rhythm, keeps, opens_day: opensDay, due_day: dueDay }: FormRecord): FormSchedule => ({ rhythm, keeps, opensDay, dueDay })

function summaryOf(context: CollectionContext, form: FormRecord, { round, latest, figures, own, departments }: Shown, caller: Caller): FormSummary {
  const next = form.rhythm === 'once' || form.state !== 'open' ? undefined : nextRound(latest?.period ?? null, form.rhythm, form, context.clock.now(), context.calendar)
  return {
    id: form.id, title: form.title, organisation: context.organisations.ref(form.organisation), state: form.state, dueOn: form.due_on, schedule: scheduleOf(form),
    departments: round === undefined ? departments : figures.departments, submitted: figures.submitted,
    round: round === undefined ? null : viewRound(context, form, round, figures, own, caller),
    next: next === undefined ? null : { period: next.period, opensAt: next.opensAt.toISOString(), dueAt: next.dueAt.toISOString() },
    own: own === undefined || round === undefined || !holds(caller, 'provider') ? null : viewPart(context, form, round, own, caller), entryCode: form.entry_code, createdAt: form.created_at.toISOString(),
  }
}

function viewRound(context: CollectionContext, form: FormRecord, round: FormRoundRecord, figures: RoundFigures, own: Part | undefined, caller: Caller): FormRound {
  return {
    number: round.number, period: round.period, state: round.state, openedAt: round.opened_at.toISOString(), dueAt: round.due_at?.toISOString() ?? null, ...figures,
    own: own === undefined || !holds(caller, 'provider') ? null : { state: stateOf(own), standing: standingOf(own, context.clock.now(), context.calendar).standing },
    allowedActions: holds(caller, 'steward') ? allowedRoundActions(form, round) : [],
  }
}

/** A part in which nothing stands yet is only asked for. */
const stateOf = ({ state, rows }: Part): FormTask['state'] => (state === 'filling' && rows === 0 ? 'asked' : state)

const viewPart = ({ organisations, clock, calendar }: CollectionContext, form: FormRecord, round: FormRoundRecord, part: Part, caller: Caller): FormTask => ({
  organisation: organisations.ref(part.organisation), state: stateOf(part), rows: part.rows, submittedRows: part.submitted_rows, submittedAt: part.submitted_at?.toISOString() ?? null,
  submittedBy: part.submitted_by, reason: part.reason, dueAt: part.due_at?.toISOString() ?? null, ...standingOf(part, clock.now(), calendar), allowedActions: allowedTaskActions(form, round, part, caller),
})

export const viewRow = (row: FormRowRecord): FormRow => ({
  id: row.id, values: { ...row.values }, issues: [...row.issues], changedBy: row.changed_by, changedAt: row.changed_at.toISOString(),
})
