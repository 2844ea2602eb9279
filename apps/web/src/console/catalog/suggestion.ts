import type { Field } from '@datong/contracts'

/** Whether the platform would grade or mask the field otherwise than it is. */
export const differs = (field: Field): boolean =>
  field.suggestion !== null && (field.suggestion.grade !== field.grade || field.suggestion.masking !== field.masking)
