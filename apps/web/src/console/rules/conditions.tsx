import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { operations, type ResponseOf, type RuleCondition, type RuleOperator } from '@datong/contracts'
import { Button, Input, InputNumber, Select } from 'antd'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Loaded } from '../../shared/ui/states.tsx'
import { conditionOn, withOperator } from './draft.ts'
import { useRuleWords } from './rule-words.ts'

type Attribute = ResponseOf<typeof operations.describeRuleAttributes>['items'][number]

interface ConditionsProps {
  readonly conditions: readonly RuleCondition[]
  readonly onChange: (conditions: RuleCondition[]) => void
}

/** All conditions must hold. Attributes, comparisons and choices come from the server's registry. */
export function Conditions({ conditions, onChange }: ConditionsProps) {
  const { t } = useT()
  const registry = useApi(operations.describeRuleAttributes)
  const replace = (index: number, condition: RuleCondition): void => onChange(conditions.map((one, place) => (place === index ? condition : one)))
  return (
    <fieldset className="dt-conditions">
      <legend>{t('rules.conditions')}</legend>
      <Loaded of={registry} rows={2}>
        {({ items }) => (
          <>
            {conditions.length === 0 && <p className="dt-secondary">{t('rules.noConditions')}</p>}
            <ol>
              {conditions.map((condition, index) => (
                <li key={index}>
                  <ConditionRow number={index + 1} condition={condition} attributes={items} onChange={(next) => replace(index, next)} />
                  <Button type="text" icon={<DeleteOutlined />} aria-label={t('rules.removeCondition', { number: index + 1 })} onClick={() => onChange(conditions.filter((_, place) => place !== index))} />
                </li>
              ))}
            </ol>
            <Button icon={<PlusOutlined />} disabled={conditions.length >= 20} onClick={() => onChange([...conditions, conditionOn(items[0]?.name ?? 'grade')])}>{t('rules.addCondition')}</Button>
          </>
        )}
      </Loaded>
    </fieldset>
  )
}

interface RowProps {
  readonly number: number
  readonly condition: RuleCondition
  readonly attributes: readonly Attribute[]
  readonly onChange: (condition: RuleCondition) => void
}

function ConditionRow({ number, condition, attributes, onChange }: RowProps) {
  const { t, language } = useT()
  const attribute = attributes.find(({ name }) => name === condition.attribute)
  return (
    <div className="dt-condition">
      <Select
        aria-label={t('rules.conditionAttribute', { number })} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false} value={condition.attribute}
        options={attributes.map((one) => ({ value: one.name, label: language === 'en' ? one.titleEn : one.title }))} onChange={(name) => onChange(conditionOn(name))}
      />
      <Select<RuleOperator>
        aria-label={t('rules.conditionOperator', { number })} popupMatchSelectWidth={false} value={condition.operator}
        options={(attribute?.operators ?? [condition.operator]).map((value) => ({ value, label: t(`rules.operator.${value}`) }))} onChange={(operator) => onChange(withOperator(condition, operator))}
      />
      <ConditionValue number={number} condition={condition} attribute={attribute} onChange={(value) => onChange({ ...condition, value })} />
    </div>
  )
}

function ConditionValue({ number, condition, attribute, onChange }: { readonly number: number; readonly condition: RuleCondition; readonly attribute: Attribute | undefined; readonly onChange: (value: RuleCondition['value']) => void }) {
  const { t, language } = useT()
  const words = useRuleWords()
  const organisations = useApi(operations.listOrganisations, {}, { enabled: condition.attribute === 'organisation' || condition.attribute === 'provider' })
  const label = t('rules.conditionValue', { number })
  const { value } = condition
  const named = organisations.data?.items.map((one) => ({ value: one.code, label: language === 'en' ? one.nameEn : one.name }))
  const options = named ?? attribute?.options.map((option) => ({ value: option.value, label: (language === 'en' ? option.titleEn : option.title) ?? words.value(condition.attribute, option.value) })) ?? []
  if (typeof value === 'boolean') return <Select aria-label={label} value={value} onChange={onChange} options={[true, false].map((one) => ({ value: one, label: t(one ? 'common.yes' : 'common.no') }))} />
  if (typeof value === 'number') return <InputNumber aria-label={label} precision={0} value={value} onChange={(next) => onChange(next ?? 0)} />
  if (Array.isArray(value)) return <Select aria-label={label} mode={options.length > 0 ? 'multiple' : 'tags'} value={value} onChange={onChange} options={options} placeholder={t('rules.chooseValues')} />
  if (options.length > 0) return <Select aria-label={label} showSearch={{ optionFilterProp: 'label' }} value={value || null} onChange={(next) => onChange(next ?? '')} options={options} placeholder={t('rules.chooseValue')} />
  return <Input aria-label={label} maxLength={200} value={value} onChange={(event) => onChange(event.target.value)} />
}
