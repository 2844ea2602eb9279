import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import type { FieldProfileView } from '@datong/contracts'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { DescribedField } from '../use-rows-access.ts'
import { ColumnFilter } from './column-filter.tsx'
import { nextSort, type RowsView } from './rows-view.ts'

type Cell = string | number | boolean | null | undefined

interface RowsGridProps {
  readonly fields: readonly DescribedField[]
  readonly profile: readonly FieldProfileView[] | undefined
  readonly rows: readonly Readonly<Record<string, Cell>>[]
  readonly view: RowsView
  readonly waiting: boolean
  readonly label: string
  readonly onView: (view: RowsView) => void
}

const isNumeric = (field: DescribedField): boolean => field.type === 'integer' || field.type === 'decimal'

/** The table of rows: the first column stays in sight while the others scroll. */
export function RowsGrid({ fields, profile, rows, view, waiting, label, onView }: RowsGridProps) {
  const { t } = useT()
  return (
    <div className="dtp-rows-scroll" role="region" aria-label={label} tabIndex={0} aria-busy={waiting}>
      <table className="dtp-rows">
        <thead>
          <tr>
            {fields.map((field) => {
              const sort = view.sort === field.name ? 'ascending' : view.sort === `-${field.name}` ? 'descending' : undefined
              return (
                <th key={field.name} scope="col" className={isNumeric(field) ? 'dt-num' : undefined} aria-sort={sort}>
                  <span className="dtp-rows-th">
                    {field.sortable
                      ? (
                        <button type="button" title={t('common.sortHint')} onClick={() => onView({ ...view, sort: nextSort(view.sort, field.name) })}>
                          {field.name}
                          {sort === 'ascending' ? <CaretUpOutlined aria-hidden /> : sort === 'descending' ? <CaretDownOutlined aria-hidden /> : <span className="dtp-rows-unsorted" aria-hidden />}
                        </button>
                      )
                      : <span>{field.name}</span>}
                    <ColumnFilter field={field} profile={profile?.find((one) => one.name === field.name)} view={view} onView={onView} />
                  </span>
                  {field.masking !== null && <span className="dtp-rows-mask">{t('portal.masked')}</span>}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {fields.map((field, column) => {
                const content = <CellText value={row[field.name]} />
                const className = isNumeric(field) ? 'dt-num' : undefined
                return column === 0 ? <th key={field.name} scope="row" className={className}>{content}</th> : <td key={field.name} className={className}>{content}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Values stand as they were delivered: no grouping, since a code may look like a number. */
function CellText({ value }: { readonly value: Cell }) {
  const { t } = useT()
  if (value === null || value === undefined || value === '') return <span className="dtp-rows-null"><span aria-hidden>–</span><span className="dt-visually-hidden">{t('portal.preview.empty')}</span></span>
  if (typeof value === 'boolean') return <>{value ? t('common.yes') : t('common.no')}</>
  const text = String(value)
  return text.length > 24 ? <span className="dtp-rows-long" title={text}>{text}</span> : <>{text}</>
}
