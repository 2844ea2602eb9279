import { operations } from '@datong/contracts'
import { Alert, Table } from 'antd'
import { useState } from 'react'
import { useApi } from '../api/hooks.ts'
import { usePages } from '../api/use-pages.ts'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { useMaskingNames } from './masking-names.ts'
import { Pager } from './pager.tsx'
import { CellText, FieldHead } from './row-cells.tsx'
import { RowFilters, type RowFilterValue } from './row-filters.tsx'
import { Empty, Loaded } from './states.tsx'
import './rows-table.css'

type Described = { readonly name: string; readonly type: string; readonly masking: string | null; readonly filters: readonly string[]; readonly sortable: boolean }

/** Rows of an entry as the viewer gets them, masked on the server; filtered and sorted there too. */
export function RowsTable({ code, pageSize = 20 }: { readonly code: string; readonly pageSize?: number }) {
  const described = useApi(operations.describeRows, { params: { code } })
  return (
    <div className="dt-rows">
      <Loaded of={described}>{(data) => <Rows code={code} fields={data.fields} basis={data.basis} pageSize={pageSize} />}</Loaded>
    </div>
  )
}

function Rows({ code, fields, basis, pageSize }: { readonly code: string; readonly fields: readonly Described[]; readonly basis: 'grant' | 'open' | 'owner'; readonly pageSize: number }) {
  const { t } = useT()
  const format = useFormat()
  const maskName = useMaskingNames()
  const [sort, setSort] = useState<string>()
  const [filters, setFilters] = useState<readonly RowFilterValue[]>([])
  const conditions = Object.fromEntries(filters.map(({ field, op, value }) => [op === 'eq' ? field : `${field}.${op}`, value]))
  const pages = usePages(operations.readRows, { params: { code }, query: { ...(sort ? { sort } : {}), ...conditions }, size: pageSize })
  const masked = fields.filter((field) => field.masking !== null).length

  return (
    <>
      <div className="dt-rows-head">
        <RowFilters fields={fields} value={filters} onChange={setFilters} />
        <span className="dt-secondary">
          {t(`common.basis.${basis}`)}
          {masked > 0 && <> · {t('common.maskedFields', { count: masked })}</>}
        </span>
      </div>
      <Loaded of={{ ...pages.answer, isPending: !pages.answer.data && !pages.answer.error }}>
        {(page) => page.items.length === 0
          ? <Empty title={filters.length > 0 ? t('common.noRowsMatch') : t('common.noRows')} />
          : (
            <>
              {pages.answer.error && <Alert type="error" title={pages.answer.error.message} />}
              <Table
                size="small" pagination={false} scroll={{ x: 'max-content' }} rowKey={(row) => page.items.indexOf(row)} dataSource={page.items}
                loading={pages.answer.isPlaceholderData && { delay: 200 }}
                onChange={(_pages, _filters, sorter) => {
                  const one = Array.isArray(sorter) ? sorter[0] : sorter
                  setSort(one?.order ? `${one.order === 'descend' ? '-' : ''}${String(one.columnKey)}` : undefined)
                }}
                columns={fields.map((field) => {
                  const numeric = field.type === 'integer' || field.type === 'decimal'
                  return {
                    key: field.name,
                    title: <FieldHead name={field.name} mask={field.masking === null ? undefined : maskName(field.masking)} />,
                    ...(numeric ? { align: 'right' as const } : {}),
                    ...(field.sortable ? { sorter: true, sortOrder: sort === field.name ? 'ascend' as const : sort === `-${field.name}` ? 'descend' as const : null } : {}),
                    render: (_: unknown, row: Record<string, unknown>) => <CellText value={row[field.name]} />,
                  }
                })}
              />
              <Pager index={pages.index} size={pages.size} count={page.items.length} onPrevious={pages.onPrevious} onNext={pages.onNext}>
                <span className="dt-secondary">{t('common.version', { number: format.number(page.version) })}</span>
              </Pager>
            </>
          )}
      </Loaded>
    </>
  )
}
