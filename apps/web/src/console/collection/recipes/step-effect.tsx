import type { RecipePreview, RecipeStep } from '@datong/contracts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { valueOf } from './step-forms.ts'

interface StepEffectProps {
  readonly step: RecipeStep
  readonly counts: RecipePreview['counts']['steps'][number] | undefined
  readonly examples: RecipePreview['examples'][number]
}

const MOST_EXAMPLES = 4

/** What one step did in the preview: figures, and a few values before and after. */
export function StepEffect({ step, counts, examples }: StepEffectProps) {
  const { t } = useT()
  const format = useFormat()
  if (counts === undefined) return null
  const cells = Object.values(counts.cells).reduce((sum, count) => sum + count, 0)
  const figure = (count: number): { figure: string } => ({ figure: format.number(count) })
  const policy = valueOf(step, 'misfit')
  const blank = <span className="dt-secondary">{t('recipes.blank')}</span>
  return (
    <div className="dt-recipe-effect">
      <div className="dt-chips">
        {cells > 0 && <Chip tone="primary">{t('recipes.changedCells', figure(cells))}</Chip>}
        {counts.misfits > 0 && <Chip tone="gamboge">{t('recipes.misfits', figure(counts.misfits))}</Chip>}
        {counts.rowsRejected > 0 && <Chip tone="cinnabar">{t('recipes.rejectedRows', figure(counts.rowsRejected))}</Chip>}
        {counts.rowsDropped > 0 && <Chip tone="plain">{t('recipes.droppedRows', figure(counts.rowsDropped))}</Chip>}
        {cells + counts.misfits + counts.rowsRejected + counts.rowsDropped === 0 && <span className="dt-secondary">{t('recipes.nothing')}</span>}
      </div>
      {examples.length > 0 && (
        <ul aria-label={t('recipes.examples')}>
          {examples.slice(0, MOST_EXAMPLES).map(({ line, field, before, after }) => (
            <li key={`${line}/${field}`}>
              <span className="dt-secondary">{field}</span> <del>{before === '' ? blank : before}</del>{' → '}
              {after === null ? <span className="dt-recipe-unread">{t('recipes.unread', { policy: t.maybe('recipes.unreadAs.', typeof policy === 'string' ? policy : 'keep') })}</span> : <ins>{after === '' ? blank : after}</ins>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
