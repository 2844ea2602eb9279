import { operations, type ResponseOf } from '@datong/contracts'
import { Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

type Versions = ResponseOf<typeof operations.getCodeList>['versions']

interface Row {
  readonly key: string
  readonly code: string
  readonly kind: 'added' | 'renamed' | 'recoded' | 'replaced' | 'gone'
  readonly before: string
  readonly after: string
}

/** What one version of a list brings against another. */
export function CodeDifferences({ id, versions }: { readonly id: string; readonly versions: Versions }) {
  const { t } = useT()
  const [pair, setPair] = useState<readonly [number, number]>([versions[1]!.version, versions[0]!.version]) // shown for two or more
  const [from, to] = pair
  const read = useApi(operations.compareCodeList, { params: { id }, query: { from, to } }, { keepPrevious: true })
  const options = versions.map(({ version, label }) => ({ value: version, label }))
  return (
    <div className="dt-std-compare">
      <span className="dt-chips">
        <Select aria-label={t('standards.compareFrom')} value={from} options={options} onChange={(value) => setPair([value, to])} /> →
        <Select aria-label={t('standards.compareTo')} value={to} options={options} onChange={(value) => setPair([from, value])} />
      </span>
      <Loaded of={read}>
        {({ counts, unchanged, added, removed, renamed }) => {
          const rows: Row[] = [
            ...renamed.map((one): Row => ({ key: `n${one.code}`, code: one.code, kind: 'renamed', before: one.before, after: one.after })),
            ...removed.map((one): Row => ({ key: `r${one.code}`, code: one.code, kind: one.fate, before: one.name, after: one.became.map(({ code, name }) => `${code} ${name}`).join('、') })),
            ...added.map((one): Row => ({ key: `a${one.code}`, code: one.code, kind: 'added', before: '', after: one.name })),
          ]
          return (
            <>
              <p className="dt-secondary">{t('standards.differences', { unchanged, added: counts.added, removed: counts.removed, renamed: counts.renamed })}</p>
              {rows.length > 0 && (
                <ListTable<Row>
                  label={t('standards.differencesTitle')} rows={rows} rowKey={({ key }) => key} size="small"
                  columns={[
                    { key: 'code', title: t('standards.code'), render: (one) => <span className="dt-mono">{one.code}</span> },
                    { key: 'kind', title: t('standards.change'), render: (one) => t(`standards.changeKind.${one.kind}`) },
                    { key: 'before', title: t('standards.before'), render: (one) => one.before || '—' },
                    { key: 'after', title: t('standards.after'), render: (one) => one.after || '—' },
                  ]}
                />
              )}
            </>
          )
        }}
      </Loaded>
    </div>
  )
}
