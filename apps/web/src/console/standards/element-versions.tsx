import type { operations, ResponseOf } from '@datong/contracts'
import { Select } from 'antd'
import { useState } from 'react'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { ElementContentList } from './element-content.tsx'

type Versions = ResponseOf<typeof operations.getElement>['versions']

/** Versions of an element, the newest first, and what any two differ in. */
export function ElementVersions({ versions }: { readonly versions: Versions }) {
  const { t } = useT()
  const format = useFormat()
  const [chosen, setChosen] = useState<readonly [number, number] | null>(null)
  if (versions.length === 0) return null
  const [from, to] = chosen ?? [versions[1]?.version ?? versions[0]!.version, versions[0]!.version] // there is one
  const [before, after] = [from, to].map((number) => versions.find(({ version }) => version === number)?.content)
  const options = versions.map(({ version }) => ({ value: version, label: t('standards.versionOf', { version }) }))
  return (
    <Panel title={t('standards.versions')}>
      <ListTable
        label={t('standards.versions')} rows={versions} rowKey={({ version }) => String(version)} size="small"
        columns={[
          { key: 'version', title: t('standards.version'), render: (one) => t('standards.versionOf', { version: one.version }) },
          { key: 'from', title: t('standards.from'), render: (one) => one.inForceFrom ?? t('standards.sinceInstallation') },
          { key: 'published', title: t('standards.publishedAt'), render: (one) => (one.publishedAt ? `${format.dateTime(one.publishedAt)} ${one.publishedBy?.name ?? ''}` : '—') },
          { key: 'reason', title: t('common.reason'), render: (one) => one.reason || '—' },
        ]}
      />
      {versions.length > 1 && before && after && (
        <div className="dt-std-compare">
          <span className="dt-chips">
            <Select aria-label={t('standards.compareFrom')} value={from} options={options} onChange={(value) => setChosen([value, to])} /> →
            <Select aria-label={t('standards.compareTo')} value={to} options={options} onChange={(value) => setChosen([from, value])} />
          </span>
          <ElementContentList content={after} before={before} />
        </div>
      )}
    </Panel>
  )
}
