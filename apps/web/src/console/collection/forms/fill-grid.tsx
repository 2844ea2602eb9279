import { DeleteOutlined } from '@ant-design/icons'
import type { Form, FormField } from '@datong/contracts'
import { Button } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Empty } from '../../../shared/ui/states.tsx'
import type { LocalRow } from './local-rows.ts'
import { cellsOf, type Pasted, placeCells } from './paste.ts'

interface GridProps {
  readonly form: Form
  readonly rows: readonly LocalRow[]
  readonly readOnly: boolean
  /** Number of the first row, from 0. */
  readonly first: number
  readonly onValue: (at: number, name: string, value: string) => void
  readonly onPaste: (at: number, pasted: Pasted) => void
  readonly onRemove: (at: number) => void
}

/** Rows as in a spreadsheet: cells are typed into, and blocks of cells are pasted from one. */
export function FillGrid({ form, rows, readOnly, first, onValue, onPaste, onRemove }: GridProps) {
  const { t } = useT()
  if (rows.length === 0) return <Empty title={t('forms.noRows')} hint={readOnly ? undefined : t('forms.noRowsHint')} />
  return (
    <div
      className="dt-form-grid-frame" role="region" aria-label={t('forms.ownPart')} tabIndex={0}
      onPaste={(event) => {
        const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]') // what is pasted into is an element
        const text = event.clipboardData.getData('text/plain')
        // One value is pasted by the box itself.
        if (readOnly || !/[\t\n\r]./.test(text)) return
        event.preventDefault()
        onPaste(Number(cell?.dataset['row'] ?? rows.length), placeCells(cellsOf(text), form.fields, Number(cell?.dataset['column'] ?? 0)))
      }}
    >
      <table className="dt-fill">
        <thead>
          <tr>
            <th scope="col"><span className="dt-visually-hidden">{t('forms.row')}</span>#</th>
            {form.fields.map((field) => <th key={field.name} scope="col" title={field.help ?? undefined}>{field.name}{field.required && <span className="dt-form-required" aria-label={t('forms.required')}> *</span>}</th>)}
            {!readOnly && <th scope="col"><span className="dt-visually-hidden">{t('forms.step')}</span></th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.key} className={row.isChanged ? 'dt-fill-changed' : undefined}>
              <th scope="row">{first + at + 1}</th>
              {form.fields.map((field, column) => (
                <Cell key={field.name} form={form} field={field} row={row} at={at} column={column} label={`${field.name} ${first + at + 1}`} readOnly={readOnly} onValue={onValue} />
              ))}
              {!readOnly && <td className="dt-fill-end"><Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('forms.removeRow', { row: first + at + 1 })} onClick={() => onRemove(at)} /></td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  readonly form: Form
  readonly field: FormField
  readonly row: LocalRow
  readonly at: number
  readonly column: number
  readonly label: string
  readonly readOnly: boolean
  readonly onValue: GridProps['onValue']
}

const WIDTH: Readonly<Record<FormField['type'], number>> = { text: 14, integer: 8, decimal: 10, boolean: 6, date: 9, datetime: 15 }

function Cell({ form, field, row, at, column, label, readOnly, onValue }: CellProps) {
  const { t } = useT()
  const value = row.values[field.name] ?? ''
  const issue = row.issues.find((one) => one.field === field.name)
  const words = issue === undefined ? undefined : t(`forms.issue.${issue.code}`, { limit: issue.limit ?? 0 })
  const codes = field.codeList === null ? undefined : form.codes[field.codeList]
  const options = field.type === 'boolean' ? [{ code: 'true', name: t('forms.yes') }, { code: 'false', name: t('forms.no') }] : codes?.map((one) => ({ code: one.code, name: `${one.code} ${one.name}` }))
  const isChoice = options !== undefined && (value === '' || options.some(({ code }) => code === value))
  const shared = { 'aria-label': label, 'aria-invalid': issue !== undefined, disabled: readOnly, 'data-row': at, 'data-column': column, value }
  return (
    <td className={issue === undefined ? undefined : 'dt-fill-wrong'}>
      {isChoice
        ? <select {...shared} onChange={(event) => onValue(at, field.name, event.target.value)}><option value="" />{options.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</select>
        : <input {...shared} size={WIDTH[field.type]} maxLength={2_000} placeholder={field.type === 'date' && !readOnly ? '2026-01-05' : undefined} onChange={(event) => onValue(at, field.name, event.target.value)} />}
      {words !== undefined && <span className="dt-fill-issue">{words}</span>}
    </td>
  )
}
