import { CheckCircleOutlined, CloseCircleOutlined, HourglassOutlined } from '@ant-design/icons'
import type { Application } from '@datong/contracts'
import { Button } from 'antd'
import { Link } from 'react-router'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { Clock } from '../../../shared/ui/clock.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'

/** What became of one application when it was filed. */
export interface Sent {
  readonly code: string
  readonly title: string
  readonly made?: Application
  readonly error?: unknown
}

/** The results of filing, entry by entry: granted, refused by rule, waiting, or not filed and why. */
export function SentResults({ sent, onAgain }: { readonly sent: readonly Sent[]; readonly onAgain: () => void }) {
  const { t } = useT()
  const failed = sent.filter(({ made }) => made === undefined).length
  const [only] = sent
  return (
    <>
      <PageHeader title={failed === 0 ? t('apply.allSent', { count: sent.length }) : t('apply.someFailed', { count: failed, all: sent.length })} />
      <Panel flush>
        <ul className="dt-cart">
          {sent.map((one) => <li key={one.code}><SentLine sent={one} /></li>)}
        </ul>
      </Panel>
      <div className="dt-page-actions">
        {failed > 0 && <Button onClick={onAgain}>{t('apply.backToForm')}</Button>}
        {sent.length === 1 && only?.made
          ? <LinkButton type="primary" to={`/console/sharing/applications/${only.made.id}`}>{t('sharing.openApplication')}</LinkButton>
          : <LinkButton type="primary" to="/console/sharing?view=ours">{t('apply.toMine')}</LinkButton>}
      </div>
    </>
  )
}

function SentLine({ sent: { title, made, error } }: { readonly sent: Sent }) {
  const { t } = useT()
  const format = useFormat()
  if (!made) return <div className="dt-cart-line"><strong>{title}</strong><ErrorState error={error} /></div>
  const granted = made.state === 'approved'
  return (
    <div className="dt-cart-line">
      <div className="dt-cell-title">
        <Link to={`/console/sharing/applications/${made.id}`}>{title}</Link>
        <div className="dt-secondary dt-cell-sub">{t('sharing.sent', { number: made.number })}</div>
      </div>
      {granted && <Chip tone="jade" icon={<CheckCircleOutlined />}>{t('sharing.grantedAtOnce')}</Chip>}
      {granted && made.grantId && <Link to={`/console/sharing/grants/${made.grantId}`}>{t('sharing.openGrant')}</Link>}
      {made.state === 'refused' && <Chip tone="cinnabar" icon={<CloseCircleOutlined />}>{t('apply.refusedByRule')}</Chip>}
      {made.state === 'refused' && made.decision && <span>{made.decision.reason}</span>}
      {made.state === 'submitted' && <><Chip tone="primary" icon={<HourglassOutlined />}>{t('common.applicationState.submitted')}</Chip><Clock clock={made.clock} /><span className="dt-secondary">{t('apply.answerBy', { date: format.date(made.dueAt) })}</span></>}
    </div>
  )
}
