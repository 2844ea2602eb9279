import type { Rows } from '@datong/contracts'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { useMaskingNames } from '../../../shared/ui/masking-names.ts'
import { Pager } from '../../../shared/ui/pager.tsx'
import { CellText, FieldHead } from '../../../shared/ui/row-cells.tsx'
import { Empty } from '../../../shared/ui/states.tsx'
import { AnswerLine } from '../access/answer-line.tsx'
import type { Answer } from '../access/send.ts'
import { CodeBox } from '../workbench/code-box.tsx'
import { WideTable } from '../workbench/wide-table.tsx'
import type { Description } from './description.ts'

interface ResultViewProps {
  readonly answer: Answer
  readonly page: Rows
  readonly fields: Description['fields']
  readonly index: number
  readonly size: number
  readonly onPrevious: (() => void) | undefined
  readonly onNext: (() => void) | undefined
}

/** Rows as they came, masked, or the very JSON; with time, size and seal. */
export function ResultView({ answer, page, fields, index, size, onPrevious, onNext }: ResultViewProps) {
  const { t } = useT()
  const format = useFormat()
  const [view, setView] = useState<'table' | 'json'>('table')
  return (
    <>
      <div className="dt-work-result">
        <Segmented size="small" aria-label={t('workbench.view')} value={view} onChange={setView} options={[{ value: 'table', label: t('workbench.asTable') }, { value: 'json', label: 'JSON' }]} />
        <AnswerLine answer={answer} />
      </div>
      {view === 'json' ? <CodeBox text={JSON.stringify(page, null, 2)} label="JSON" /> : page.items.length === 0 ? <Empty title={t('common.noRowsMatch')} /> : <RowTable rows={page.items} fields={fields} />}
      {page.items.length > 0 && (
        <Pager index={index} size={size} count={page.items.length} onPrevious={onPrevious} onNext={onNext}>
          <span className="dt-secondary">{t('common.version', { number: format.number(page.version) })}</span>
        </Pager>
      )}
    </>
  )
}

/** Rows under the names of their fields; masked ones say how. */
export function RowTable({ rows, fields }: { readonly rows: Rows['items']; readonly fields: readonly { readonly name: string; readonly type?: string; readonly masking: string | null }[] }) {
  const { t } = useT()
  const maskName = useMaskingNames()
  const known = new Map(fields.map((field) => [field.name, field]))
  return (
    <WideTable
      label={t('workbench.result')} pagination={false} rowKey={(row) => rows.indexOf(row)} dataSource={[...rows]}
      columns={Object.keys(rows[0] ?? {}).map((name) => {
        const field = known.get(name)
        return {
          key: name,
          title: <FieldHead name={name} mask={field?.masking ? maskName(field.masking) : undefined} />,
          ...(field?.type === 'integer' || field?.type === 'decimal' ? { align: 'right' as const } : {}),
          render: (_: unknown, row: Rows['items'][number]) => <CellText value={row[name]} />,
        }
      })}
    />
  )
}
