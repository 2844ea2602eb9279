import { operations, type Entry } from '@datong/contracts'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { OpeningChip } from '../../shared/ui/chips.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { GrantStateChip } from '../../shared/ui/state-chip.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import './lineage.css'

/** From the source file through load, version and entry to those who use it. */
export function LineageTab({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const owner = entry.allowedActions.includes('load')
  const versions = useApi(operations.listVersions, { params: { code: entry.code } })
  const grants = useApi(operations.listGrants, { query: { entryCode: entry.code, limit: 50 } }, { enabled: can(operations.listGrants) })

  return (
    <Panel title={t('lake.lineage.title')} extra={<Link to={`/console/collection/lake/${entry.code}`}>{t('catalog.lineage.fields')}</Link>}>
      <Loaded of={versions}>
        {({ items }) => {
          const shown = items.slice(0, 5)
          const current = items.find((version) => version.current)
          return (
            <ol className="dt-flow">
              <Stage title={t('catalog.lineage.source')}>
                {shown.map((version) => <Node key={version.number} faded={!version.current}>{version.source}<small>{format.bytes(version.bytes)}</small></Node>)}
                {shown.length === 0 && <Node faded>{t('catalog.version.none')}</Node>}
              </Stage>
              <Stage title={t('catalog.lineage.load')}>
                {shown.map((version) => (
                  <Node key={version.number} faded={!version.current}>
                    {owner ? <Link to={`/console/collection/loads/${version.loadId}`}>{format.dateTime(version.createdAt)}</Link> : format.dateTime(version.createdAt)}
                    <small>{t('catalog.lineage.loaded', { stored: format.number(version.rowCount), rejected: format.number(version.rowsRejected) })}</small>
                  </Node>
                ))}
              </Stage>
              <Stage title={t('catalog.lineage.version')}>
                {shown.map((version) => <Node key={version.number} faded={!version.current}>v{version.number}<small className="dt-mono">{version.contentHash.slice(0, 12)}</small></Node>)}
              </Stage>
              <Stage title={t('catalog.lineage.entry')}>
                <Node strong>{entry.title}<small>{name(entry.organisation)}{current && <> · v{current.number}</>}</small></Node>
              </Stage>
              <Stage title={t('catalog.lineage.use')}>
                {entry.openingType === 'open' && entry.state === 'published' && <Node><OpeningChip type="open" /><small>{t('catalog.lineage.public')}</small></Node>}
                {grants.data?.items.map((grant) => (
                  <Node key={grant.id} faded={grant.state !== 'active'}>
                    <Link to={`/console/sharing/grants/${grant.id}`}>{name(grant.consumer)}</Link>
                    <small>{grant.number} · {t('catalog.lineage.calls', { calls: format.large(grant.callsTotal) })}</small>
                    {grant.state !== 'active' && <GrantStateChip state={grant.state} />}
                  </Node>
                ))}
                {grants.data?.items.length === 0 && entry.openingType !== 'open' && <Node faded>{t('catalog.lineage.unused')}</Node>}
              </Stage>
            </ol>
          )
        }}
      </Loaded>
    </Panel>
  )
}

function Stage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <li className="dt-flow-stage">
      <h3>{title}</h3>
      <div className="dt-flow-nodes">{children}</div>
    </li>
  )
}

function Node({ children, faded = false, strong = false }: { readonly children: ReactNode; readonly faded?: boolean; readonly strong?: boolean }) {
  return <div className={`dt-flow-node${faded ? ' dt-flow-faded' : ''}${strong ? ' dt-flow-strong' : ''}`}>{children}</div>
}
