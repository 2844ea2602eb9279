import { CheckCircleOutlined, QuestionCircleOutlined, WarningOutlined } from '@ant-design/icons'
import type { AdvisedField } from '@datong/contracts'
import { Button, Popover } from 'antd'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import './field-advice.css'

const LOOK = {
  needed: { tone: 'jade', icon: <CheckCircleOutlined /> },
  unusual: { tone: 'gamboge', icon: <WarningOutlined /> },
  unknown: { tone: 'plain', icon: <QuestionCircleOutlined /> },
} as const

/** Whether a purpose needs a field, and why the platform thinks so. */
export function NeedChip({ field }: { readonly field: AdvisedField }) {
  const { t } = useT()
  const format = useFormat()
  const { learnt } = field
  const why = (
    <div className="dt-advice-why">
      {field.reason && <p>{field.reason}</p>}
      <p className="dt-secondary">{t(`purposes.by.${field.by}`)}</p>
      {learnt && <p className="dt-secondary">{t('purposes.learntWords', { share: format.percent(learnt.share, 0), count: learnt.support, confidence: format.percent(learnt.confidence, 0) })}</p>}
    </div>
  )
  return (
    <Popover content={why} title={t('apply.whyAdvice')} trigger={['hover', 'focus', 'click']}>
      <button type="button" className="dt-advice-button"><Chip tone={LOOK[field.need].tone} icon={LOOK[field.need].icon}>{t(`purposes.need.${field.need}`)}</Chip></button>
    </Popover>
  )
}

interface FieldAdviceProps {
  readonly field: AdvisedField
  /** The coarser form that was taken instead of the value. */
  readonly taken: string | undefined
  readonly onDrop: () => void
  /** @param masking method that gives the form, where one does */
  readonly onTake: (form: string | undefined, masking?: string | null) => void
}

/** Advice on one chosen field while applying: leave it out, or take a coarser form, with one click. */
export function FieldAdvice({ field, taken, onDrop, onTake }: FieldAdviceProps) {
  const { t } = useT()
  if (taken !== undefined) {
    return (
      <span className="dt-chips dt-advice">
        <Chip tone="jade" icon={<CheckCircleOutlined />}>{t('apply.takenForm', { form: taken })}</Chip>
        <Button size="small" type="link" onClick={() => onTake(undefined)}>{t('apply.takeValue')}</Button>
      </span>
    )
  }
  return (
    <span className="dt-chips dt-advice">
      <NeedChip field={field} />
      {field.need === 'unusual' && <Button size="small" onClick={onDrop} aria-label={`${t('apply.drop')}：${field.name}`}>{t('apply.drop')}</Button>}
      {field.alternatives.map((alternative) => {
        const form = t(`purposes.alternative.${alternative.kind}`)
        return <Button key={alternative.kind} size="small" title={alternative.reason} aria-label={`${field.name}：${t('apply.takeForm', { form })}`} onClick={() => onTake(form, alternative.masking)}>{t('apply.takeForm', { form })}</Button>
      })}
    </span>
  )
}
