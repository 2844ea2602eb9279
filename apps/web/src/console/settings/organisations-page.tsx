import { operations, type Organisation, type ResponseOf } from '@datong/contracts'
import { Button, Table, Tree, type TreeDataNode } from 'antd'
import { useState } from 'react'
import { call } from '../../shared/api/client.ts'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import '../delivery/calls.css'

type Region = ResponseOf<typeof operations.listRegions>['items'][number]

/** Departments with their duties, and the tree of regions. */
export function OrganisationsPage() {
  const { t } = useT()
  const name = useName()
  const organisations = useApi(operations.listOrganisations)
  const roots = useApi(operations.listRegions)
  const { can } = useSession()
  const [merging, setMerging] = useState<Organisation | null>(null)
  const nameIn = (items: readonly Organisation[], code: string): string => {
    const found = items.find((one) => one.code === code)
    return found ? name(found) : code
  }
  return (
    <div className="dt-org">
      <Panel title={t('settings.organisations')} flush>
        <Loaded of={organisations}>
          {({ items }) => (
            <Table
              size="middle" rowKey="code" dataSource={items} pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              columns={[
                { key: 'name', title: t('settings.organisation'), render: (_, organisation) => <><strong>{name(organisation)}</strong><div className="dt-secondary dt-mono">{organisation.code}</div></> },
                { key: 'kind', title: t('settings.kind'), render: (_, organisation) => <Chip tone={organisation.kind === 'bureau' ? 'primary' : 'plain'}>{t(`settings.kind.${organisation.kind}`)}</Chip> },
                { key: 'state', title: t('settings.state'), render: (_, organisation) => organisation.merger ? <span className="dt-secondary">{t(organisation.merger.done ? 'settings.mergedInto' : 'settings.mergesInto', { name: nameIn(items, organisation.merger.into), date: organisation.merger.from })}</span> : t('settings.active') },
                { key: 'duties', title: t('settings.duties'), render: (_, organisation) => <div style={{ maxWidth: 260 }}>{organisation.duties.join(t('shell.and')) || '–'}</div> },
                ...(can(operations.mergeOrganisation) ? [{
                  key: 'act', title: t('settings.merge'),
                  render: (_: unknown, organisation: Organisation) => organisation.kind === 'department' && !organisation.merger && (
                    <Button size="small" aria-label={`${t('settings.mergeThis')}：${name(organisation)}`} onClick={() => setMerging(organisation)}>{t('settings.mergeThis')}</Button>
                  ),
                }] : []),
              ]}
              scroll={{ x: 'max-content' }}
            />
          )}
        </Loaded>
      </Panel>
      <Panel title={t('settings.regions')}>
        <Loaded of={roots}>{({ items }) => <RegionTree roots={items} />}</Loaded>
      </Panel>
      {merging && <MergeDialog organisation={merging} others={organisations.data?.items ?? []} onClose={() => setMerging(null)} />}
    </div>
  )
}

function RegionTree({ roots }: { readonly roots: readonly Region[] }) {
  const name = useName()
  const [children, setChildren] = useState<Readonly<Record<string, readonly Region[]>>>({})
  const nodeOf = (region: Region): TreeDataNode => ({
    key: region.code,
    title: <>{name(region)} <span className="dt-secondary dt-mono">{region.code}</span></>,
    isLeaf: region.level === 'village' || children[region.code]?.length === 0,
    ...(children[region.code] ? { children: children[region.code]?.map(nodeOf) ?? [] } : {}),
  })
  return (
    <Tree
      treeData={roots.map(nodeOf)} selectable={false} showLine
      loadData={async ({ key }) => {
        const code = String(key)
        if (children[code]) return
        const { items } = await call(operations.listRegions, { query: { parent: code } })
        setChildren((before) => ({ ...before, [code]: items }))
      }}
    />
  )
}
