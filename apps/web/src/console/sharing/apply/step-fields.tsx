import type { Advice, Alternative, DeliveryForm, Entry } from '@datong/contracts'
import { Alert, Button } from 'antd'
import { useFieldFacts } from '../../../shared/api/field-facts.ts'
import { useTitle } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { FieldTable } from '../../../shared/ui/field-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { FieldAdvice } from './field-advice.tsx'
import { PurposeSelect } from './purpose-select.tsx'
import { useAdvice } from './use-advice.ts'
import { nothingOf, type EntryWishes, type Wishes } from './wishes.ts'
import type { StepProps } from './step-props.ts'

/** First step: which fields of each entry, with what the platform says to them. */
export function StepFields({ entries, wishes, onChange, onEntryChange, onBack, onNext, leavable }: StepProps & { readonly leavable: boolean }) {
  const { t } = useT()
  const chosen = entries.reduce((sum, { code }) => sum + (wishes.of[code]?.fields.length ?? 0), 0)
  const complete = entries.every(({ code }) => (wishes.of[code]?.fields.length ?? 0) > 0)
  return (
    <>
      <Panel title={t('apply.purposeFirst')}>
        <p className="dt-secondary dt-apply-note">{t('apply.purposeFirstHint')}</p>
        <PurposeSelect wishes={wishes} onChange={onChange} />
      </Panel>
      {entries.map((entry) => (
        <EntryFields
          key={entry.code} entry={entry} many={entries.length > 1} wishes={wishes} onChange={(change) => onEntryChange(entry.code, change)}
          onDelivery={(delivery) => onChange({ delivery })}
        />
      ))}
      <div className="dt-page-actions dt-apply-foot">
        {leavable && <Button onClick={onBack}>{t('apply.backToCart')}</Button>}
        <Button type="primary" disabled={!complete} onClick={onNext}>{t('sharing.nextWith', { count: chosen })}</Button>
        {!complete && entries.length > 1 && <span className="dt-secondary">{t('apply.eachEntry')}</span>}
      </div>
    </>
  )
}

interface EntryFieldsProps {
  readonly entry: Entry
  readonly many: boolean
  readonly wishes: Wishes
  readonly onChange: (change: Partial<EntryWishes>) => void
  /** Ask for another form of delivery in the place of values. */
  readonly onDelivery: (delivery: DeliveryForm) => void
}

function EntryFields({ entry, many, wishes, onChange, onDelivery }: EntryFieldsProps) {
  const { t } = useT()
  const titleOf = useTitle()
  const facts = useFieldFacts(entry)
  const advice = useAdvice(entry, wishes)
  const { fields, coarser, masking = {} } = wishes.of[entry.code] ?? nothingOf
  const advised = new Map(advice?.fields.map((field) => [field.name, field]))
  const beyond = advice?.needKnown ? advice.fields.filter((field) => field.need === 'unusual' && fields.includes(field.name)).map(({ name }) => name) : []
  const without = (names: readonly string[]): string[] => fields.filter((field) => !names.includes(field))
  const take = (name: string, form: string | undefined, method: string | null = null): void => {
    const { [name]: _, ...rest } = coarser
    const { [name]: __, ...masks } = masking
    onChange({ coarser: form === undefined ? rest : { ...rest, [name]: form }, masking: method === null ? masks : { ...masks, [name]: method } })
  }
  return (
    <Panel title={many ? titleOf(entry) : t('sharing.pickFields')} extra={<span className="dt-secondary">{t('apply.chosenOf', { count: fields.length, all: entry.fields.length })}</span>} flush>
      <p className="dt-secondary dt-apply-hint">{t('sharing.pickHint')}</p>
      {beyond.length > 0 && (
        <Alert
          type="warning" showIcon title={<><strong>{t('apply.beyondNeed', { count: beyond.length, fields: beyond.join(t('shell.and')) })}</strong>　{t('apply.beyondNeedHint')}</>}
          action={<Button size="small" onClick={() => onChange({ fields: without(beyond) })}>{t('apply.dropThem')}</Button>}
        />
      )}
      {advice !== undefined && advice.alternatives.length > 0 && <WholeAlternatives alternatives={advice.alternatives} delivery={wishes.delivery} onDelivery={onDelivery} />}
      <FieldTable
        fields={entry.fields} selection={{ chosen: fields, onChange: (next) => onChange({ fields: next }) }}
        {...(facts.filled ? { filled: facts.filled } : {})} {...(facts.samples ? { samples: facts.samples } : {})}
        extra={advice === undefined ? [] : [{
          key: 'advice', title: t('apply.advice'),
          render: ({ name }) => {
            const found = advised.get(name)
            // What the policy masks in any case is no alternative.
            const field = found && entry.fields.some((one) => one.name === name && one.masking !== null) ? { ...found, alternatives: found.alternatives.filter(({ kind }) => kind !== 'masked') } : found
            return field && fields.includes(name) ? <FieldAdvice field={field} taken={coarser[name]} onDrop={() => onChange({ fields: without([name]) })} onTake={(form, method) => take(name, form, method)} /> : null
          },
        }]}
      />
    </Panel>
  )
}

/** Alternatives to all values that are forms of delivery themselves. */
const FORM_OF: Partial<Record<Alternative, 'verify' | 'statistics'>> = { verification: 'verify', statistics: 'statistics' }

interface WholeAlternativesProps {
  readonly alternatives: Advice['alternatives']
  readonly delivery: DeliveryForm
  readonly onDelivery: (delivery: DeliveryForm) => void
}

/** What would do in the place of all values; another form of delivery is taken with one click. */
function WholeAlternatives({ alternatives, delivery, onDelivery }: WholeAlternativesProps) {
  const { t } = useT()
  return (
    <Alert
      type="info" showIcon title={t('apply.wholeAlternatives')}
      description={(
        <ul className="dt-issues">
          {alternatives.map(({ kind, reason }) => <li key={kind}><strong>{t(`purposes.alternative.${kind}`)}</strong> {reason} <TakeForm form={FORM_OF[kind]} delivery={delivery} onDelivery={onDelivery} /></li>)}
        </ul>
      )}
    />
  )
}

function TakeForm({ form, delivery, onDelivery }: Omit<WholeAlternativesProps, 'alternatives'> & { readonly form: 'verify' | 'statistics' | undefined }) {
  const { t } = useT()
  if (form === undefined) return null
  if (form === delivery) return <span className="dt-secondary">{t(`apply.formTaken.${form}`)}</span>
  return <Button size="small" onClick={() => onDelivery(form)}>{t(`apply.formTake.${form}`)}</Button>
}
