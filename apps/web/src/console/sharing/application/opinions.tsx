import type { Application } from '@datong/contracts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'

type Opinion = Application['opinions'][number]
const TONE: Record<Opinion['state'], Tone> = { asked: 'primary', consented: 'jade', refused: 'cinnabar' }

/** What the departments that own the fields say, side by side; nothing while the only one has not spoken. */
export function Opinions({ opinions }: { readonly opinions: readonly Opinion[] }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  if (opinions.length === 0 || (opinions.length === 1 && opinions[0]?.state === 'asked')) return null
  return (
    <Panel title={t('sharing.opinions', { count: opinions.length })}>
      <ul className="dt-opinions">
        {opinions.map((opinion) => (
          <li key={opinion.department.code} className={`dt-opinion-${opinion.state}`}>
            <div className="dt-opinion-head"><strong>{name(opinion.department)}</strong><Chip tone={TONE[opinion.state]}>{t(`sharing.opinionState.${opinion.state}`)}</Chip></div>
            <div className="dt-secondary">{opinion.fields.join(t('shell.and'))}</div>
            {opinion.reason && <p className="dt-prewrap">{opinion.reason}</p>}
            {opinion.legalBasis && <p className="dt-secondary dt-prewrap">{t('sharing.basisWords', { basis: opinion.legalBasis })}</p>}
            {opinion.decidedAt && <div className="dt-secondary">{opinion.by?.name} · {format.dateTime(opinion.decidedAt)}</div>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
