import { Table, type TableProps } from 'antd'
import './workbench.css'

/** A small table that is scrolled sideways in its own box, by keyboard too. */
export function WideTable<T extends object>({ label, ...props }: TableProps<T> & { readonly label: string }) {
  return <div className="dt-work-scroll" role="region" tabIndex={0} aria-label={label}><Table<T> size="small" {...props} /></div>
}
