import { FilterFilled, FilterOutlined } from '@ant-design/icons'
import type { FieldProfileView } from '@datong/contracts'
import { Popover } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { RowFilterValue } from '../../../shared/ui/row-filters.tsx'
import type { DescribedField } from '../use-rows-access.ts'
import { FilterForm } from './filter-form.tsx'
import type { RowsView } from './rows-view.ts'

interface ColumnFilterProps {
  readonly field: DescribedField
  readonly profile: FieldProfileView | undefined
  readonly view: RowsView
  readonly onView: (view: RowsView) => void
}

/** The button in a column's head that narrows the rows by it; nothing where the server cannot filter by the field. */
export function ColumnFilter({ field, profile, view, onView }: ColumnFilterProps) {
  const { t } = useT()
  const [open, setOpen] = useState(false)
  if (field.filters.length === 0) return null
  const mine = view.filters.filter((filter) => filter.field === field.name)
  const apply = (filters: readonly RowFilterValue[]): void => {
    setOpen(false)
    onView({ ...view, filters: [...view.filters.filter((filter) => filter.field !== field.name), ...filters] })
  }
  return (
    <Popover
      trigger="click" open={open} onOpenChange={setOpen} placement="bottomLeft" destroyOnHidden title={field.name}
      content={<FilterForm field={field} profile={profile} filters={mine} onApply={apply} onEscape={() => setOpen(false)} />}
    >
      <button
        type="button" className={mine.length > 0 ? 'dtp-rows-filter dtp-rows-filtered' : 'dtp-rows-filter'} aria-haspopup="dialog" aria-expanded={open}
        aria-label={t('portal.preview.filterBy', { field: field.name })}
      >
        {mine.length > 0 ? <FilterFilled aria-hidden /> : <FilterOutlined aria-hidden />}
      </button>
    </Popover>
  )
}
