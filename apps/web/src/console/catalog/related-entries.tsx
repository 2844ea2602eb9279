import { operations, type RelatedEntry } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { EntryStateChip } from '../../shared/ui/state-chip.tsx'

/** Lines of a definition list: entries that this one names, and those that name it, by how they stand to it. */
export function RelatedEntries({ code, base }: { readonly code: string; readonly base: string }) {
  const { t } = useT()
  const name = useName()
  const related = useApi(operations.listRelatedEntries, { params: { code } })
  const groups = Map.groupBy(related.data?.items ?? [], ({ kind, direction }) => (direction === 'to' ? `entry.relation.${kind}` as const : `entry.inverse.${kind}` as const))
  return [...groups].map(([key, items]: [Parameters<typeof t>[0], RelatedEntry[]]) => (
    <div key={key} className="dt-def-group">
      <dt>{t(key)}</dt>
      <dd>
        <ul className="dt-issues">
          {items.map((one) => (
            <li key={one.code}>
              <Link to={`${base}/${one.code}`}>{one.title}</Link> <span className="dt-secondary">{name(one.organisation)}</span>{one.state !== 'published' && <> <EntryStateChip state={one.state} /></>}
            </li>
          ))}
        </ul>
      </dd>
    </div>
  ))
}
