import type { StepDefinition } from '../step-definition.ts'

/** A field gets another name. */
export interface RenameStep {
  readonly kind: 'rename'
  readonly field: string
  readonly to: string
}

export const rename: StepDefinition<RenameStep> = {
  plan: ({ field, to }, scope) => {
    scope.rename(scope.slot(field, 'field'), to, 'to')
    return { start: () => () => undefined }
  },
}

/** Fields are left out; the original keeps them. */
export interface RemoveFieldsStep {
  readonly kind: 'remove-fields'
  readonly fields: readonly string[]
}

export const removeFields: StepDefinition<RemoveFieldsStep> = {
  plan: ({ fields }, scope) => {
    if (fields.length === 0) scope.fault('fields', 'required', '请选择字段')
    scope.remove(fields.map((name, at) => scope.slot(name, `fields/${at}`)), 'fields')
    return { start: () => () => undefined }
  },
}
