import type { BodyOf, operations, ResponseOf } from '@datong/contracts'
import { endOfChinaDay, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { startClock, viewClock } from '../clocks/clock.ts'
import type { SharingContext } from '../context.ts'
import { departmentsFor } from '../opinions/departments.ts'
import { permittedRuling } from '../settle.ts'
import { readLimit } from '../settings/settings.ts'
import { type ApplyBody, checkApplication } from './check-application.ts'
import { owedEvaluations } from './apply.ts'
import { answerKind, unstoredApplication } from './draft.ts'

type Preview = ResponseOf<typeof operations.previewApplication>

/**
 * What would become of an application that were filed now; nothing is kept.
 * @throws AppError `request/not-found`, `sharing/not-shared` as filing it would
 */
export async function previewApplication(context: SharingContext, body: BodyOf<typeof operations.previewApplication>, caller: Caller): Promise<Preview> {
  const { entry, linked, purposeCode, issues } = await checkApplication(context, body, caller)
  return inTransaction(context.db, async (trx) => {
    const now = context.clock.now()
    const kind = answerKind(entry, caller)
    const clock = { ...startClock(kind, await readLimit(trx, kind), now, context.calendar), kind }
    const inAYear = endOfChinaDay(`${now.getUTCFullYear() + 1}-12-31`).toISOString().slice(0, 10)
    const whole: ApplyBody = { purpose: '', use: '', delivery: 'api', until: inAYear, ...body }
    const application = unstoredApplication(whole, caller, { id: uuidv7(context.clock, context.random), number: '', entry, purposeCode, clock, now })
    const ruling = await permittedRuling(trx, context, { application, entry, grant: undefined, linked, opinions: [], clocks: new Map() }, caller)
    const refused = ruling.kind === 'refuse' ? ruling : { reason: '', legalBasis: '' }
    return {
      path: ruling.kind === 'grant' ? 'granted-by-rule' : ruling.kind === 'refuse' ? 'refused-by-rule' : 'people',
      rule: ruling.rule, reason: refused.reason, legalBasis: refused.legalBasis,
      clock: viewClock(clock, now, context.calendar),
      deliveryWorkingDays: (await readLimit(trx, 'delivery')).workingDays,
      departments: departmentsFor(entry, body.fields, caller.organisation)
        .map(({ organisation, fields }) => ({ department: context.organisations.ref(organisation), fields: [...fields] })),
      waitsForEvaluation: (await owedEvaluations(trx, context, linked === undefined ? undefined : body.renews, entry.code, caller)).length > 0,
      issues: [...issues],
    }
  })
}
