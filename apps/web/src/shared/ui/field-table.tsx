import type { Field } from '@datong/contracts'
import { Table, Tooltip, type TableColumnType } from 'antd'
import type { ReactNode } from 'react'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { GradeChip } from './chips.tsx'
import { useMaskingNames } from './masking-names.ts'
import { useNarrow } from './use-narrow.ts'
import './field-table.css'

/** What the table needs of a field; entry, application, grant and playground all have it. */
export type FieldRow = Pick<Field, 'name' | 'description' | 'grade' | 'masking'> & Partial<Pick<Field, 'identifier' | 'precision' | 'scale' | 'maxLength'>> & {
  readonly type: string
}

export interface FieldColumn {
  readonly key: string
  readonly title: string
  readonly render: (field: FieldRow) => ReactNode
}

interface FieldTableProps {
  readonly fields: readonly FieldRow[]
  /** Share of rows in which the field is filled, 0 to 1, by name. */
  readonly filled?: Readonly<Record<string, number>>
  /** A value as this viewer would get it, by name. */
  readonly samples?: Readonly<Record<string, string>>
  /** Choosing of fields (apply, approve). */
  readonly selection?: { readonly chosen: readonly string[]; readonly onChange: (chosen: string[]) => void }
  /** Further columns (masking choice, quality). */
  readonly extra?: readonly FieldColumn[]
}

const typeWords = (field: FieldRow, word: string): string =>
  field.type === 'decimal' && field.precision ? `${word} (${field.precision}, ${field.scale ?? 0})` : field.maxLength ? `${word} ≤ ${field.maxLength}` : word

/** The one table of fields: name, type, filled, sample as the viewer gets it, grade and mask. */
export function FieldTable({ fields, filled, samples, selection, extra = [] }: FieldTableProps) {
  const { t } = useT()
  const format = useFormat()
  const maskName = useMaskingNames()
  const narrow = useNarrow()

  const columns: TableColumnType<FieldRow>[] = [
    {
      key: 'name', title: t('common.field.name'),
      render: (_, field) => (
        <div className="dt-field-name">
          <span className="dt-field-id">{field.name}</span>
          {field.identifier && (
            <Tooltip title={t('common.field.identifier')}>
              <span className="dt-chip dt-chip-plain dt-field-key" tabIndex={0}>{t('common.field.identifierShort')}</span>
            </Tooltip>
          )}
          {field.description && field.description !== field.name && <div className="dt-secondary">{field.description}</div>}
          {narrow && (
            <div className="dt-chips dt-field-narrow">
              <GradeChip grade={field.grade} />
              <span className="dt-secondary">{t.maybe('common.fieldType.', field.type)}</span>
              {field.masking && <span className="dt-secondary">{maskName(field.masking)}</span>}
            </div>
          )}
        </div>
      ),
    },
  ]
  if (!narrow) {
    columns.push({ key: 'type', title: t('common.field.type'), render: (_, field) => <span className="dt-nowrap">{typeWords(field, t.maybe('common.fieldType.', field.type))}</span> })
    if (filled) {
      columns.push({
        key: 'filled', title: t('common.field.filled'), align: 'right', className: 'dt-num',
        render: (_, field) => (filled[field.name] === undefined ? '–' : format.percent(filled[field.name] ?? 0)),
      })
    }
    if (samples) columns.push({ key: 'sample', title: t('common.field.sample'), render: (_, field) => <span className="dt-field-sample">{samples[field.name] ?? '–'}</span> })
    columns.push(
      { key: 'grade', title: t('common.field.grade'), render: (_, field) => <GradeChip grade={field.grade} /> },
      { key: 'masking', title: t('common.field.masking'), render: (_, field) => (field.masking ? maskName(field.masking) : <span className="dt-secondary">{t('common.field.asIs')}</span>) },
    )
  }
  for (const column of extra) columns.push({ key: column.key, title: column.title, render: (_, field) => column.render(field) })

  return (
    <Table<FieldRow>
      rowKey="name"
      size="small"
      className={selection ? 'dt-field-table dt-scroll-x' : 'dt-field-table'}
      columns={columns}
      dataSource={[...fields]}
      pagination={fields.length > 40 ? { pageSize: 40, showSizeChanger: false } : false}
      {...(selection || (narrow && extra.length === 0) ? {} : { scroll: { x: 'max-content' } })}
      {...(selection
        ? { rowSelection: { selectedRowKeys: [...selection.chosen], onChange: (keys) => selection.onChange(keys.map(String)), preserveSelectedRowKeys: true } }
        : {})}
    />
  )
}
