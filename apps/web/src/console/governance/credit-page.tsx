import { operations, type Credit } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { CreditBar, CreditLegend } from './credit-bar.tsx'
import '../board/board.css'

/** Credit scores of departments, the best first, with the points that they are made of. */
export function CreditPage() {
  const { t } = useT()
  const credit = useApi(operations.listCredit)
  return (
    <>
      <p className="dt-secondary dt-lead">{t('governance.creditIntro')}</p>
      <Loaded of={credit} rows={6}>
        {({ items, computedOn }) => (
          <>
            <Panel title={t('governance.creditTitle')} extra={computedOn && <span className="dt-secondary">{t('governance.computedOn', { date: computedOn })}</span>}>
              {items.length === 0 ? <Empty title={t('governance.noCredit')} hint={t('governance.noCreditHint')} /> : (
                <>
                  <CreditLegend />
                  <ol className="dt-credit-list">{items.map((item) => <li key={item.organisation.code}><CreditLine credit={item} /></li>)}</ol>
                </>
              )}
            </Panel>
            <Formula />
          </>
        )}
      </Loaded>
    </>
  )
}

function CreditLine({ credit }: { readonly credit: Credit }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  return (
    <>
      <Link to={`/console/governance/credit/${credit.organisation.code}`}>{name(credit.organisation)}</Link>
      <CreditBar credit={credit} />
      <strong className="dt-num">{format.number(credit.score, 1)}</strong>
      <span className="dt-credit-notes">
        <Change now={credit.score} before={credit.before} />
        {credit.violations > 0 && <span className="dt-credit-violations">{t('governance.violationPoints', { points: credit.violations * 10 })}</span>}
      </span>
    </>
  )
}

function Change({ now, before }: { readonly now: number; readonly before: number | null }) {
  const { t } = useT()
  const format = useFormat()
  if (before === null) return <span className="dt-secondary">{t('governance.noBefore')}</span>
  const change = Math.round((now - before) * 10) / 10
  return <span className={change < 0 ? 'dt-credit-violations' : 'dt-secondary'}>{t('governance.change', { change: `${change > 0 ? '+' : ''}${format.number(change, 1)}` })}</span>
}

/** How a score is worked out, in plain words. */
export function Formula() {
  const { t } = useT()
  return (
    <Panel title={t('governance.formula')}>
      <p className="dt-formula">{t('governance.formulaWords')}</p>
      <ul className="dt-issues">
        <li>{t('governance.formulaValue')}</li>
        <li>{t('governance.formulaFew')}</li>
        <li>{t('governance.formulaViolations')}</li>
      </ul>
    </Panel>
  )
}
