import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { RecipePreview, RecipeStep } from '@datong/contracts'
import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { fieldsBefore } from './fields-before.ts'
import { StepControl } from './step-control.tsx'
import { STEP_FORMS, STEP_GROUPS, type StepKind, parametersOf, valueOf, withValue } from './step-forms.ts'
import { StepEffect } from './step-effect.tsx'
import { useStepWords } from './step-words.ts'

interface StepListProps {
  readonly steps: readonly RecipeStep[]
  /** Fields of the table that comes in. */
  readonly inputs: readonly string[]
  readonly editable: boolean
  readonly preview: RecipePreview | undefined
  /** By `<step>/<parameter>`. */
  readonly faults: ReadonlyMap<string, string>
  readonly onChange: (steps: readonly RecipeStep[]) => void
}

/** The steps in their order, each with what it does; one is open for editing. */
export function StepList({ steps, inputs, editable, preview, faults, onChange }: StepListProps) {
  const { t } = useT()
  const words = useStepWords()
  const [open, setOpen] = useState<number | null>(null)
  const change = (at: number, step: RecipeStep): void => onChange(steps.map((one, place) => (place === at ? step : one)))
  const swap = (at: number, by: number): void => {
    const moved = steps.toSpliced(at, 1)
    onChange(moved.toSpliced(at + by, 0, steps[at]!)) // at is the place of a step
    setOpen(null)
  }
  const add = (kind: StepKind): void => {
    onChange([...steps, STEP_FORMS[kind].initial])
    setOpen(steps.length)
  }
  return (
    <>
      {steps.length === 0 && <p>{t('recipes.noSteps')}</p>}
      <ol className="dt-recipe-steps">
        {steps.map((step, at) => {
          const faulty = [...faults.keys()].some((key) => key.startsWith(`${at}/`))
          const isOpen = open === at || faulty
          return (
            <li key={at} className={faulty ? 'dt-recipe-faulty' : ''}>
              <div className="dt-recipe-step">
                <div className="dt-recipe-step-words"><strong>{at + 1}. {t.maybe('recipes.kind.', step.kind)}</strong> <span className="dt-secondary">{words(step)}</span></div>
                {editable && (
                  <div className="dt-nowrap">
                    <Button size="small" aria-expanded={isOpen} aria-label={t(isOpen ? 'recipes.closeStep' : 'recipes.editStep', { number: at + 1 })} onClick={() => setOpen(isOpen ? null : at)}>{t(isOpen ? 'recipes.done' : 'recipes.edit')}</Button>
                    <Button size="small" type="text" icon={<ArrowUpOutlined />} disabled={at === 0} aria-label={t('recipes.up', { number: at + 1 })} onClick={() => swap(at, -1)} />
                    <Button size="small" type="text" icon={<ArrowDownOutlined />} disabled={at === steps.length - 1} aria-label={t('recipes.down', { number: at + 1 })} onClick={() => swap(at, 1)} />
                    <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('recipes.remove', { number: at + 1 })} onClick={() => { onChange(steps.toSpliced(at, 1)); setOpen(null) }} />
                  </div>
                )}
              </div>
              {isOpen && editable && (
                <Form layout="vertical" component="div" className="dt-recipe-form">
                  <p className="dt-secondary">{t.maybe('recipes.hint.', step.kind)}</p>
                  <div className="dt-form-grid">
                    {parametersOf(step).map((parameter) => (
                      <StepControl
                        key={`${step.kind}/${parameter.name}/${parameter.control}`} id={`recipe-${at}-${parameter.name}`} parameter={parameter} value={valueOf(step, parameter.name)} fields={fieldsBefore(inputs, steps, at)}
                        error={faults.get(`${at}/${parameter.name}`)} onChange={(value) => change(at, withValue(step, parameter.name, value))}
                      />
                    ))}
                  </div>
                </Form>
              )}
              {preview && <StepEffect step={step} counts={preview.counts.steps[at]} examples={preview.examples[at] ?? []} />}
            </li>
          )
        })}
      </ol>
      {editable && (
        <Select<StepKind | null>
          aria-label={t('recipes.addStep')} className="dt-recipe-add" value={null} placeholder={t('recipes.addStep')} popupMatchSelectWidth={false} disabled={steps.length >= 100} suffixIcon={<PlusOutlined />}
          showSearch={{ optionFilterProp: 'title' }} onChange={(kind) => kind !== null && add(kind)}
          options={STEP_GROUPS.map((group) => ({
            label: t(`recipes.group.${group}`),
            options: kindsOf(group).map((kind) => ({ value: kind, title: `${t.maybe('recipes.kind.', kind)} ${t.maybe('recipes.hint.', kind)}`, label: <><strong>{t.maybe('recipes.kind.', kind)}</strong> <span className="dt-secondary">{t.maybe('recipes.hint.', kind)}</span></> })),
          }))}
        />
      )}
    </>
  )
}

// Object.values knows no kinds; each form's step is of the kind under which it stands.
const kindsOf = (group: string): StepKind[] => Object.values(STEP_FORMS).flatMap((form) => (form.group === group ? [form.initial.kind] : []))
