export { isFormulaLike, neutraliseFormula } from './export/formula.ts'
export { compileMask, maskedType, type MaskSpec } from './masking/compile-mask.ts'
export {
  type CellValue,
  type Mask,
  MASKING_METHOD_IDS,
  type MaskContext,
  type MaskingMethod,
  type MaskingMethodId,
  masksNothing,
} from './masking/masking-method.ts'
export type { ParamDefinition, ParamDefinitions, ParamsSchema } from './masking/params.ts'
export { isMaskingMethodId, MASKING_METHODS, methodsFor } from './masking/registry.ts'
