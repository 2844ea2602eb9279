import type { RecipePreview, RecipeStep } from '@datong/contracts'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Figure } from '../../../shared/ui/figure.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'

interface PreviewPanelProps {
  readonly preview: RecipePreview
  readonly steps: readonly RecipeStep[]
  readonly original: boolean
}

/** What the whole recipe does to the rows: figures, and rows before and after. */
export function PreviewPanel({ preview, steps, original }: PreviewPanelProps) {
  const { t } = useT()
  const format = useFormat()
  const { counts, version, rowsLooked, rows, whole } = preview
  const looked = t(whole ? 'recipes.looked' : 'recipes.lookedSome', { version, looked: format.number(rowsLooked), rows: format.number(rows) })
  return (
    <Panel title={t('recipes.result')}>
      <p className="dt-secondary dt-lead">{looked}（{t(original ? 'recipes.fromOriginal' : 'recipes.fromVersion')}）</p>
      <div className="dt-figures">
        <Figure label={t('recipes.rowsIn')} value={format.number(counts.rowsIn)} />
        <Figure label={t('recipes.rowsChanged')} value={format.number(counts.rowsChanged)} />
        <Figure label={t('recipes.rowsRejected')} value={format.number(counts.rowsRejected)} tone={counts.rowsRejected > 0 ? 'cinnabar' : undefined} />
        <Figure label={t('recipes.rowsDropped')} value={format.number(counts.rowsDropped)} />
        <Figure label={t('recipes.rowsOut')} value={format.number(counts.rowsOut)} />
      </div>
      <ResultTable preview={preview} />
      {preview.refused.length > 0 && (
        <>
          <h3 className="dt-recipe-head">{t('recipes.refused')}</h3>
          <ul className="dt-recipe-refused">
            {preview.refused.map(({ line, step, reason, field, detail }) => (
              <li key={line}>
                <span className="dt-nowrap">{t('recipes.row')} {format.number(line)}</span> · {t('recipes.refusedAt', { step: step + 1 })} {t.maybe('recipes.kind.', steps[step]?.kind ?? '')} · {t.maybe('collection.reject:', reason)}{field !== null && ` · ${field}`}
                <span className="dt-secondary dt-mono"> {detail}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}

function ResultTable({ preview: { inputs, fields, table } }: { readonly preview: RecipePreview }) {
  const { t } = useT()
  const format = useFormat()
  const [all, setAll] = useState(false)
  /** Place of a field in the rows as they came in, when it is one of them. */
  const place = (name: string, from: readonly string[]): number => inputs.indexOf(inputs.includes(name) ? name : from.length === 1 ? (from[0] ?? '') : '')
  const isChanged = ({ name, from }: RecipePreview['fields'][number], at: number): boolean => table.some(({ before, after }) => after !== null && after[at] !== (before[place(name, from)] ?? ''))
  // The first field tells rows apart; beside it those that change are what one came to see.
  const columns = fields.flatMap((field, at) => (all || at === 0 || isChanged(field, at) ? [{ ...field, at }] : []))
  return (
    <>
      <div className="dt-recipe-step"><span className="dt-secondary">{t('recipes.resultHint')}</span><Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>{t('recipes.showAll')}</Checkbox></div>
      <div className="dt-recipe-table" role="region" aria-label={t('recipes.result')} tabIndex={0}>
        <table>
          <thead><tr><th scope="col">{t('recipes.row')}</th>{columns.map(({ name }) => <th key={name} scope="col">{name}</th>)}</tr></thead>
          <tbody>
            {table.map(({ line, before, after }) => (
              <tr key={line} className={after === null ? 'dt-recipe-out' : ''}>
                <th scope="row">{format.number(line)}{after === null && <div className="dt-secondary">{t('recipes.leftOut')}</div>}</th>
                {columns.map(({ name, from, at }) => {
                  const was = before[place(name, from)] ?? ''
                  const now = after?.[at]
                  if (now === undefined) return <td key={name}><del>{was}</del></td>
                  return <td key={name}>{now === was ? now : <>{was !== '' && <del>{was}</del>} <ins>{now === '' ? t('recipes.blank') : now}</ins></>}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
