import type { TimelineItem } from '@datong/contracts'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { EvidenceSeal } from './evidence-seal.tsx'
import './timeline.css'

const REFUSING = /refuse|return|revoke|withdraw|suspend|fail/

/** What happened to an application or an entry: who, what, on what ground, when, with its seal. Newest first. */
export function Timeline({ items }: { readonly items: readonly TimelineItem[] }) {
  const { t } = useT()
  const format = useFormat()
  const sorted = [...items].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <ol className="dt-timeline">
      {sorted.map((item, index) => (
        <li key={`${item.at}-${index}`} className={REFUSING.test(item.action) ? 'dt-timeline-no' : undefined}>
          <div className="dt-timeline-head">
            <strong>{t.maybe('common.action.', item.action)}</strong>
            <EvidenceSeal receiptId={item.receiptId} />
          </div>
          <div className="dt-secondary">
            {item.actor.kind === 'system' ? t.maybe('common.system.', item.actor.id, item.actor.name) : item.actor.name} · <time dateTime={item.at}>{format.dateTime(item.at)}</time>
          </div>
          {item.reason && <p className="dt-prewrap dt-timeline-reason">{item.reason}</p>}
        </li>
      ))}
    </ol>
  )
}
