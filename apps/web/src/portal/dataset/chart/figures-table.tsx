import { useT } from '../../../shared/i18n/use-t.ts'

/** The figures behind a picture; closed until somebody asks. */
export function FiguresTable({ columns, rows }: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }) {
  const { t } = useT()
  return (
    <details className="dtp-figures-behind">
      <summary>{t('portal.chart.figures')}</summary>
      <div className="dtp-scroll-x">
        <table>
          <thead><tr>{columns.map((column, index) => <th key={column} scope="col" className={index > 0 ? 'dt-num' : undefined}>{column}</th>)}</tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row[0]}>
                {row.map((cell, index) => index === 0 ? <th key={index} scope="row">{cell}</th> : <td key={index} className="dt-num">{cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
