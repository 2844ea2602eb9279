import { operations, type Application, type RulingView } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { Weighed } from '../../rules/weighed.tsx'

const TONE: Record<RulingView['effect'], Tone> = { grant: 'jade', refuse: 'cinnabar', route: 'primary' }

/** What the rules said when the application was filed: the rule, its conditions, and what the application really had. */
export function Ruling({ application }: { readonly application: Application }) {
  const { t } = useT()
  const ruling = useApi(operations.getRuling, { params: { id: application.id } })
  return <Panel title={t('rules.ruling')}><Loaded of={ruling} rows={2}>{(data) => <RulingWords ruling={data} />}</Loaded></Panel>
}

function RulingWords({ ruling }: { readonly ruling: RulingView }) {
  const { t } = useT()
  const { can } = useSession()
  const { rule } = ruling
  const named = rule && t('rules.named', { name: rule.name, version: rule.version })
  return (
    <>
      <div className="dt-chips">
        <Chip tone={TONE[ruling.effect]}>{t(`rules.effect.${ruling.effect}`)}</Chip>
        {rule && (can(operations.getRule) ? <Link to={`/console/governance/rules/${rule.id}`}>{named}</Link> : <strong>{named}</strong>)}
        {!rule && <span>{t(`rules.ground.${ruling.ground}`)}</span>}
      </div>
      {ruling.reason && <p className="dt-prewrap dt-ruling-reason">{ruling.reason}</p>}
      {ruling.legalBasis && <p className="dt-secondary dt-prewrap">{t('sharing.basisWords', { basis: ruling.legalBasis })}</p>}
      {ruling.conditions.length > 0 && <Weighed conditions={ruling.conditions} />}
    </>
  )
}
