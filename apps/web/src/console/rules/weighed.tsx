import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import type { WeighedCondition } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'
import { useRuleWords } from './rule-words.ts'
import './rules.css'

const GRADES = ['public', 'internal', 'secret', 'top-secret']
const rank = (attribute: string, value: unknown): number => (attribute === 'grade' ? GRADES.indexOf(String(value)) : Number(value))

/** Whether a condition held with the value that the application had. */
export function held({ attribute, operator, value, actual }: WeighedCondition): boolean {
  const list = (of: unknown): readonly unknown[] => (Array.isArray(of) ? of : [of])
  switch (operator) {
    case 'eq': return actual === value
    case 'ne': return actual !== value
    case 'lt': return rank(attribute, actual) < rank(attribute, value)
    case 'lte': return rank(attribute, actual) <= rank(attribute, value)
    case 'gt': return rank(attribute, actual) > rank(attribute, value)
    case 'gte': return rank(attribute, actual) >= rank(attribute, value)
    case 'in': return list(value).includes(actual)
    case 'not-in': return !list(value).includes(actual)
    case 'has': return list(actual).includes(value)
    case 'has-not': return !list(actual).includes(value)
  }
}

/** The conditions of a rule beside what the application really had. */
export function Weighed({ conditions }: { readonly conditions: readonly WeighedCondition[] }) {
  const { t } = useT()
  const words = useRuleWords()
  return (
    <ul className="dt-weighed">
      {conditions.map((condition, index) => {
        const holds = held(condition)
        return (
          <li key={index}>
            <span className={holds ? 'dt-weighed-yes' : 'dt-weighed-no'}>
              <span aria-hidden>{holds ? <CheckOutlined /> : <CloseOutlined />}</span>
              <span className="dt-visually-hidden">{t(holds ? 'rules.holds' : 'rules.holdsNot')}</span>
            </span>
            <span>{words.attribute(condition.attribute)} {words.operator(condition.operator)} {words.value(condition.attribute, condition.value)}</span>
            <span className="dt-secondary">{t('rules.actual', { value: words.value(condition.attribute, condition.actual) })}</span>
          </li>
        )
      })}
    </ul>
  )
}
