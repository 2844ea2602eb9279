import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons'
import type { Application } from '@datong/contracts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'

/** What the applicant was asked to hand in, once, and what has come. */
export function Material({ items }: { readonly items: Application['material'] }) {
  const { t } = useT()
  const format = useFormat()
  if (items.length === 0) return null
  return (
    <Panel title={t('sharing.material')}>
      <ul className="dt-opinions">
        {items.map((item) => (
          <li key={item.id}>
            <div className="dt-opinion-head">
              <strong>{item.title}</strong>
              {item.supplied ? <Chip tone="jade" icon={<CheckCircleOutlined />}>{t('sharing.materialSupplied')}</Chip> : <Chip tone="gamboge" icon={<ClockCircleOutlined />}>{t('sharing.materialOwed')}</Chip>}
            </div>
            {item.note && <p className="dt-prewrap">{item.note}</p>}
            <div className="dt-secondary">{item.suppliedAt ? format.dateTime(item.suppliedAt) : t('sharing.materialAsked', { date: format.dateTime(item.askedAt) })}</div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
