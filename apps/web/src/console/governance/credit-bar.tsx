import { CREDIT_COMPONENTS, type Credit } from '@datong/contracts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import './governance.css'

/** The points of a score as a stacked bar of at most a hundred; what misuse took away stands behind it. */
export function CreditBar({ credit }: { readonly credit: Credit }) {
  const { t } = useT()
  const format = useFormat()
  const words = credit.components.map(({ name, points, weight }) => t('governance.pointsOf', { name: t(`governance.component.${name}`), points: format.number(points, 1), weight }))
  return (
    <span className="dt-credit-bar" role="img" aria-label={words.join(t('shell.and'))}>
      {credit.components.map(({ name, points }, index) => <span key={name} className={`dt-credit-${name}`} style={{ width: `${points}%` }} title={words[index]} />)}
    </span>
  )
}

/** What the colours of the bar stand for. */
export function CreditLegend() {
  const { t } = useT()
  return <ul className="dt-board-legend" aria-hidden>{CREDIT_COMPONENTS.map((name) => <li key={name}><span className={`dt-credit-${name}`} /> {t(`governance.component.${name}`)}</li>)}</ul>
}
