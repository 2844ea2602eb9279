import { PlusOutlined } from '@ant-design/icons'
import { operations, type RecipeStep } from '@datong/contracts'
import { Button } from 'antd'
import { useApi } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { useStepWords } from './step-words.ts'

interface SuggestionsProps {
  readonly code: string
  readonly steps: readonly RecipeStep[]
  readonly onAdd: (steps: readonly RecipeStep[]) => void
}

/** Steps that the rows call for and the recipe does not have: taken by one click. */
export function Suggestions({ code, steps, onAdd }: SuggestionsProps) {
  const { t } = useT()
  const format = useFormat()
  const words = useStepWords()
  const found = useApi(operations.suggestRecipe, { params: { code } })
  // A step of the same kind that goes over the same fields, or over all, does it already.
  const done = (step: RecipeStep): boolean => steps.some((one) => {
    if (one.kind !== step.kind) return false
    const [has, wants] = [fieldsOf(one), fieldsOf(step)]
    return has.length === 0 || wants.every((name) => has.includes(name))
  })
  const left = (found.data?.items ?? []).filter(({ step }) => !done(step))
  if (left.length === 0) return null
  return (
    <section className="dt-recipe-suggestions" aria-label={t('recipes.suggestions')}>
      <div className="dt-recipe-step"><strong>{t('recipes.suggestions')}</strong>{left.length > 1 && <Button size="small" onClick={() => onAdd(left.map(({ step }) => step))}>{t('recipes.addAll')}</Button>}</div>
      <ul>
        {left.map(({ step, counts }) => {
          const cells = Object.values(counts.cells).reduce((sum, count) => sum + count, 0)
          const effect = cells > 0 ? t('recipes.changedCells', { figure: format.number(cells) }) : t('recipes.droppedRows', { figure: format.number(counts.rowsDropped) })
          const name = t.maybe('recipes.kind.', step.kind)
          return (
            <li key={JSON.stringify(step)}>
              <Button type="link" size="small" icon={<PlusOutlined />} aria-label={t('recipes.addSuggested', { name })} onClick={() => onAdd([step])}>{name}</Button>
              <span className="dt-secondary">{words(step)} · {effect}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const fieldsOf = (step: RecipeStep): readonly string[] => ('fields' in step ? step.fields : 'field' in step ? [step.field] : [])
