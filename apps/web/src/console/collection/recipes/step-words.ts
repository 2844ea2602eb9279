import type { RecipeStep } from '@datong/contracts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { parametersOf, valueOf } from './step-forms.ts'

/** A step in a few words: its fields, and what was chosen. */
export function useStepWords(): (step: RecipeStep) => string {
  const { t } = useT()
  return (step) => parametersOf(step).flatMap((parameter): string[] => {
    const value = valueOf(step, parameter.name)
    switch (parameter.control) {
      case 'fields': return Array.isArray(value) && value.length > 0 ? [value.join('、')] : parameter.emptyIsAll ? [t('recipes.all')] : []
      case 'choice': return parameter.name === 'misfit' || parameter.name === 'unless' || (parameter.name === 'inner' && value === 'keep') || typeof value !== 'string' ? [] : [`${parameter.name === 'unit' ? '→ ' : ''}${t.maybe(`recipes.choice.${parameter.name}.`, value, value)}`]
      case 'new-field': return typeof value === 'string' && value !== '' ? [`→ ${value}`] : []
      case 'new-fields': return Array.isArray(value) && value.length > 0 ? [`→ ${value.join('、')}`] : []
      case 'flag': return value === true ? [t.maybe('recipes.param.', parameter.name)] : []
      case 'field': case 'text': case 'day': case 'code-list': return typeof value === 'string' && value !== '' ? [parameter.control === 'text' ? `“${value}”` : value] : []
      default: return []
    }
  }).join(' · ')
}
