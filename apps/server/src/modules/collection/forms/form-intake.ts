import type { FieldType } from '@datong/kernel'
import type { Reading } from '@datong/data-engine'
import { AppError } from '@datong/kernel'
import { join } from 'node:path'
import type { CollectionContext } from '../context.ts'
import type { Intake } from '../loads/intake.ts'
import { reason } from '../loads/reason.ts'
import { digestOf } from '../connectors/files/digest-of.ts'
import { openRowSheet } from '../loads/row-sheet.ts'
import { ADDED_COLUMNS, PERIOD_COLUMN } from './design.ts'
import type { FormStore } from './form-store.ts'

const READINGS: Readonly<Record<FieldType, Reading>> = { text: 'text', integer: 'integer', decimal: 'decimal', boolean: 'boolean-true-false', date: 'date-ymd', datetime: 'datetime-ymd' }

/** What departments have handed in with a form, with who did and when, and for which period: of all rounds, or of one. */
export const createFormIntake = ({ organisations, forms }: Pick<CollectionContext, 'organisations'> & { forms: FormStore }): Intake => ({
  mayBeEmpty: true,
  take: async (load, { scratch, progress, rejects, signal }) => {
    const form = await forms.find(String(load.details['formId']))
    if (form === undefined) throw new AppError('request/not-found')
    const fields = form.fields.map(({ name }) => name)
    const hasPeriods = form.rhythm !== 'once'
    const names = [...fields, ...(hasPeriods ? [PERIOD_COLUMN] : []), ...ADDED_COLUMNS]
    const only = load.details['round']
    const facts = { format: 'form', encoding: null, delimiter: null, headerRows: 0, columns: names.length, reasons: [reason('form/all-parts', { title: form.title })] }
    await progress.begin('reading', { detection: JSON.stringify(facts) })
    const sheet = await openRowSheet(join(scratch, 'form.csv'), names, { rejects })
    try {
      let read = 0
      for await (const rows of forms.submittedRows(form.id, typeof only === 'number' ? only : null)) {
        signal.throwIfAborted()
        await sheet.write(rows.map(({ organisation, period, submitted, submittedAt }) => [
          ...fields.map((name) => submitted[name] ?? null), ...(hasPeriods ? [period] : []), organisations.ref(organisation).name, organisation, submittedAt === null ? null : localTime(submittedAt),
        ]))
        read += rows.length
        progress.tick(0.5, { rows_read: read, rows_rejected: rejects.total })
      }
    } catch (error) {
      await sheet.close()
      throw error
    }
    const { table, rows, rowsRejected } = await sheet.end()
    const hints = Object.fromEntries([...form.fields.map(({ name, type }) => [name, READINGS[type]]), [PERIOD_COLUMN, 'text'], [ADDED_COLUMNS[0], 'text'], [ADDED_COLUMNS[1], 'text'], [ADDED_COLUMNS[2], 'datetime-ymd']])
    return {
      table, rowsRead: rows + rowsRejected, rowsRejected, facts, hints, inputs: [{ kind: 'form', id: form.id, title: load.file_name }], mode: 'full',
      received: await digestOf(table.path),
    }
  },
})

/** China's time, as files have it. */
const localTime = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
