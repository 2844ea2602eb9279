import { FORM_KEEPS, FORM_RHYTHMS, type FormRhythm, MOST_ROUND_DAYS } from '@datong/contracts'
import { Form as AntForm, Input, InputNumber, Select } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'

interface ScheduleFieldsProps {
  /** A form that has rounds keeps its rhythm; an open one its way into the resource, too. */
  readonly rhythmStays: boolean
  readonly keepsStays: boolean
}

/** When a form is asked for: once until a day, or for each period that is over, in working days behind it. */
export function ScheduleFields({ rhythmStays, keepsStays }: ScheduleFieldsProps) {
  const { t } = useT()
  const rhythm = AntForm.useWatch<FormRhythm | undefined>(['schedule', 'rhythm'], { preserve: true }) ?? 'once'
  return (
    <>
      <AntForm.Item name={['schedule', 'rhythm']} label={t('forms.rhythm')} {...(rhythmStays ? { extra: t('forms.rhythmStays') } : {})}>
        <Select disabled={rhythmStays} options={FORM_RHYTHMS.map((value) => ({ value, label: t(`forms.rhythm.${value}`) }))} />
      </AntForm.Item>
      {rhythm === 'once' ? <AntForm.Item name="dueOn" label={t('forms.dueOn')}><Input type="date" /></AntForm.Item> : (
        <>
          <AntForm.Item name={['schedule', 'keeps']} label={t('forms.keeps')}><Select disabled={keepsStays} options={FORM_KEEPS.map((value) => ({ value, label: t(`forms.keeps.${value}`) }))} /></AntForm.Item>
          <AntForm.Item name={['schedule', 'opensDay']} label={t('forms.opensDay')} extra={t('forms.daysHint')} rules={[{ required: true, message: t('common.required') }]}><InputNumber min={1} max={MOST_ROUND_DAYS} precision={0} /></AntForm.Item>
          <AntForm.Item name={['schedule', 'dueDay']} label={t('forms.dueDay')} dependencies={[['schedule', 'opensDay']]} rules={[{ required: true, message: t('common.required') }]}><InputNumber min={1} max={MOST_ROUND_DAYS} precision={0} /></AntForm.Item>
        </>
      )}
    </>
  )
}
