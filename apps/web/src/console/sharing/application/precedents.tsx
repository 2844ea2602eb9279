import { operations, type Application } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'

const TONE: Record<'approved' | 'approved-in-part' | 'refused', Tone> = { approved: 'jade', 'approved-in-part': 'gamboge', refused: 'cinnabar' }
const FEW = 5

/** How the same data were decided before, the most alike first. */
export function Precedents({ application }: { readonly application: Application }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const list = useApi(operations.applicationPrecedents, { params: { id: application.id } })
  return (
    <Panel title={t('sharing.precedents')}>
      <Loaded of={list} rows={2}>
        {({ items }) => {
          if (items.length === 0) return <p className="dt-secondary">{t('sharing.noPrecedents')}</p>
          const agreed = items.filter(({ outcome }) => outcome !== 'refused').length
          return (
            <>
              <p className="dt-precedent-share">
                <span className="dt-share-bar" aria-hidden><span style={{ width: `${(agreed / items.length) * 100}%` }} /></span>
                {t('sharing.precedentShare', { agreed, count: items.length })}
              </p>
              <ul className="dt-opinions">
                {items.slice(0, FEW).map((item) => (
                  <li key={item.id}>
                    <div className="dt-opinion-head">
                      <span><Link to={`/console/sharing/applications/${item.id}`}>{name(item.consumer)}</Link> <span className="dt-mono dt-secondary">{item.number}</span></span>
                      <Chip tone={TONE[item.outcome]}>{t(`sharing.outcome.${item.outcome}`)}</Chip>
                    </div>
                    <div>{item.purpose}</div>
                    <div className="dt-secondary">
                      {t('sharing.precedentWords', { granted: item.fieldsGranted.length, asked: item.fieldsAsked.length, likeness: format.percent(item.likeness, 0), by: t(`sharing.decidedBy.${item.by}`), date: format.date(item.decidedAt) })}
                    </div>
                    {item.reason && <p className="dt-secondary dt-prewrap">{item.reason}</p>}
                  </li>
                ))}
              </ul>
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}
