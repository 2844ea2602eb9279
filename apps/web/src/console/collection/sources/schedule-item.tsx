import { Form, Input, Select } from 'antd'
import type { Rule } from 'antd/es/form'
import { useT } from '../../../shared/i18n/use-t.ts'

/** Schedules that most want, as five fields of cron. */
const USUAL = { hourly: '0 * * * *', daily: '30 2 * * *', weekly: '30 2 * * 1', monthly: '30 2 1 * *' } as const
export type Usual = keyof typeof USUAL | 'by-hand' | 'other'

export interface ScheduleValues {
  readonly usual: Usual
  readonly cron?: string
}

export const scheduleValues = (schedule: string | null): ScheduleValues => {
  if (schedule === null) return { usual: 'by-hand' }
  const known = Object.entries(USUAL).find(([, cron]) => cron === schedule)
  return known === undefined ? { usual: 'other', cron: schedule } : { usual: known[0] as Usual } // a key of USUAL
}

export const scheduleOf = ({ usual, cron }: ScheduleValues): string | null => (usual === 'by-hand' ? null : usual === 'other' ? (cron ?? '').trim() : USUAL[usual])

const FIVE_FIELDS: Rule = { required: true, pattern: /^\s*\S+(\s+\S+){4}\s*$/ }

/** When a source is loaded by itself. */
export function ScheduleItem() {
  const { t } = useT()
  const usual = Form.useWatch<Usual | undefined>(['schedule', 'usual'])
  return (
    <div className="dt-form-grid">
      <Form.Item name={['schedule', 'usual']} label={t('sources.schedule')}>
        <Select options={(['by-hand', 'hourly', 'daily', 'weekly', 'monthly', 'other'] as const).map((value) => ({ value, label: t(`sources.schedules.${value}`) }))} />
      </Form.Item>
      {usual === 'other' && (
        <Form.Item name={['schedule', 'cron']} label={t('sources.cron')} extra={t('sources.cronHint')} rules={[{ ...FIVE_FIELDS, message: t('sources.cronHint') }]}>
          <Input maxLength={100} className="dt-mono" placeholder="*/15 8-18 * * 1-5" />
        </Form.Item>
      )}
    </div>
  )
}

/** A schedule in words, where it is one of the usual. */
export function useScheduleWords(): (schedule: string | null) => string {
  const { t } = useT()
  return (schedule) => {
    const { usual, cron } = scheduleValues(schedule)
    return usual === 'other' ? (cron ?? '') : t(`sources.schedules.${usual}`)
  }
}
