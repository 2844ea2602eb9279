/** The six dimensions of GB/T 36344-2018: 规范性 完整性 准确性 一致性 时效性 可访问性. */
export const DIMENSIONS = ['normativity', 'completeness', 'accuracy', 'consistency', 'timeliness', 'accessibility'] as const
export type Dimension = (typeof DIMENSIONS)[number]
